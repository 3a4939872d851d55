/** What came to Elixir after 1.14: the version, then functions with their arities. */
export const newerExports: Readonly<Record<string, string>> = {
  '1.15': `Code.prepend_paths/1,2 Code.append_paths/1,2 Code.delete_paths/1 Code.with_diagnostics/1,2 Code.print_diagnostic/1,2
    Code.ensure_all_loaded/1 Code.ensure_all_loaded!/1 Code.loaded?/1 Date.before?/2 Date.after?/2 DateTime.utc_now/2
    DateTime.before?/2 DateTime.after?/2 Keyword.split_with/2 Logger.default_formatter/0,1 Logger.put_process_level/2
    Logger.get_process_level/1 Logger.delete_process_level/1 Logger.add_handlers/1 Map.split_with/2 Map.intersect/2,3
    MapSet.split_with/2 NaiveDateTime.utc_now/2 NaiveDateTime.before?/2 NaiveDateTime.after?/2
    NaiveDateTime.beginning_of_day/1 NaiveDateTime.end_of_day/1 Process.alias/0,1 Process.unalias/1 Range.split/2
    Range.to_list/1 Time.before?/2 Time.after?/2 URI.append_path/2 Module.get_last_attribute/2,3`,
  '1.16': 'Logger.levels/0 String.replace_invalid/1,2',
  '1.17': `Access.find/1 Date.shift/2 DateTime.shift/2,3 Kernel.is_non_struct_map/1 Kernel.to_timeout/1 Kernel.get_in/1
    Keyword.intersect/2,3 NaiveDateTime.shift/2 Time.shift/2 Stream.from_index/0,1 String.byte_slice/3 Process.set_label/1`,
  '1.18': 'Config.read_config/1 Enum.sum_by/2 Enum.product_by/2 List.ends_with?/2',
  '1.19': `Access.values/0 Base.valid16?/1,2 Base.valid64?/1,2 Base.url_valid64?/1,2 Base.valid32?/1,2 Base.hex_valid32?/1,2
    Regex.to_embed/1,2 String.count/2 Time.utc_now/2`,
  '1.20':
    'IO.iodata_empty?/1 Integer.popcount/1 Integer.ceil_div/2 List.first!/1 List.last!/1 Process.get_label/0,1 Regex.import/1',
}
