// Written by scripts/record-stdlib.mjs from the real programs; do not edit.

/** What modules of Elixir 1.14 export: each module after `=`, then its functions and macros with their arities. */
export const elixirExports = `
=Access all/0 at/1 at!/1 elem/1 fetch/2 fetch!/2 filter/1 get/2,3 get_and_update/3 key/1,2 key!/1 pop/2 slice/1
=Application app_dir/1,2 compile_env/2,3,4 compile_env!/2,3 delete_env/2,3 ensure_all_started/1,2
ensure_loaded/1 ensure_started/1,2 fetch_env/2 fetch_env!/2 format_error/1 get_all_env/1 get_application/1
get_env/2,3 load/1 loaded_applications/0 put_all_env/1,2 put_env/3,4 spec/1,2 start/1,2 started_applications/0,1
stop/1 unload/1 =Atom to_char_list/1 to_charlist/1 to_string/1 =Base decode16/1,2 decode16!/1,2 decode32/1,2
decode32!/1,2 decode64/1,2 decode64!/1,2 encode16/1,2 encode32/1,2 encode64/1,2 hex_decode32/1,2
hex_decode32!/1,2 hex_encode32/1,2 url_decode64/1,2 url_decode64!/1,2 url_encode64/1,2 =Bitwise &&&/2 <<</2
>>>/2 ^^^/2 band/2 bnot/1 bor/2 bsl/2 bsr/2 bxor/2 |||/2 ~~~/1 =Calendar compatible_calendars?/2
get_time_zone_database/0 put_time_zone_database/1 strftime/2,3 truncate/2 =Code append_path/1
available_compiler_options/0 can_await_module_compilation?/0 compile_file/1,2 compile_quoted/1,2
compile_string/1,2 compiler_options/0,1 cursor_context/1,2 delete_path/1 ensure_compiled/1 ensure_compiled!/1
ensure_compiled?/1 ensure_loaded/1 ensure_loaded!/1 ensure_loaded?/1 env_for_eval/1 eval_file/1,2
eval_quoted/1,2,3 eval_quoted_with_env/3 eval_string/1,2,3 fetch_docs/1 format_file!/1,2 format_string!/1,2
get_compiler_option/1 get_docs/2 load_file/1,2 loaded_files/0 prepend_path/1 purge_compiler_modules/0
put_compiler_option/2 quoted_to_algebra/1,2 require_file/1,2 required_files/0 string_to_quoted/1,2
string_to_quoted!/1,2 string_to_quoted_with_comments/1,2 string_to_quoted_with_comments!/1,2 unload_files/1
unrequire_files/1 =Collectable impl_for/1 impl_for!/1 into/1 =Config config/2,3 config_env/0 config_target/0
import_config/1 =Config.Reader eval!/2,3 init/1 load/2 merge/2 read!/1,2 read_imports!/1,2 =Date add/2
beginning_of_month/1 beginning_of_week/1,2 compare/2 convert/2 convert!/2 day_of_era/1 day_of_week/1,2
day_of_year/1 days_in_month/1 diff/2 end_of_month/1 end_of_week/1,2 from_erl/1,2 from_erl!/1,2
from_gregorian_days/1,2 from_iso8601/1,2 from_iso8601!/1,2 leap_year?/1 months_in_year/1 new/3,4 new!/3,4
quarter_of_year/1 range/2,3 to_erl/1 to_gregorian_days/1 to_iso8601/1,2 to_iso_days/1 to_string/1 utc_today/0,1
year_of_era/1 =Date.Range =DateTime add/2,3,4 compare/2 convert/2 convert!/2 diff/2,3
from_gregorian_seconds/1,2,3 from_iso8601/1,2,3 from_naive/2,3 from_naive!/2,3 from_unix/1,2,3 from_unix!/1,2,3
new/2,3,4 new!/2,3,4 now/1,2 now!/1,2 shift_zone/2,3 shift_zone!/2,3 to_date/1 to_gregorian_seconds/1
to_iso8601/1,2,3 to_naive/1 to_string/1 to_time/1 to_unix/1,2 truncate/2 utc_now/0,1 =Enum all?/1,2 any?/1,2
at/2,3 chunk/2,3,4 chunk_by/2 chunk_every/2,3,4 chunk_while/4 concat/1,2 count/1,2 count_until/2,3 dedup/1
dedup_by/2 drop/2 drop_every/2 drop_while/2 each/2 empty?/1 fetch/2 fetch!/2 filter/2 filter_map/3 find/2,3
find_index/2 find_value/2,3 flat_map/2 flat_map_reduce/3 frequencies/1 frequencies_by/2 group_by/2,3
intersperse/2 into/2,3 join/1,2 map/2 map_every/3 map_intersperse/3 map_join/2,3 map_reduce/3 max/1,2,3
max_by/2,3,4 member?/2 min/1,2,3 min_by/2,3,4 min_max/1,2 min_max_by/2,3,4 partition/2 product/1 random/1
reduce/2,3 reduce_while/3 reject/2 reverse/1,2 reverse_slice/3 scan/2,3 shuffle/1 slice/2,3 slide/3 sort/1,2
sort_by/2,3 split/2 split_while/2 split_with/2 sum/1 take/2 take_every/2 take_random/2 take_while/2 to_list/1
uniq/1,2 uniq_by/2 unzip/1 with_index/1,2 zip/1,2 zip_reduce/3,4 zip_with/2,3 =Enumerable count/1 impl_for/1
impl_for!/1 member?/2 reduce/3 slice/1 =Exception blame/3 blame_mfa/3 exception?/1 format/2,3 format_banner/2,3
format_error/2 format_exit/1 format_fa/2 format_file_line/2,3 format_file_line_column/3,4 format_mfa/3
format_snippet/2 format_stacktrace/0,1 format_stacktrace_entry/1 message/1 normalize/2,3 =File cd/1 cd!/1,2
chgrp/2 chgrp!/2 chmod/2 chmod!/2 chown/2 chown!/2 close/1 copy/2,3 copy!/2,3 cp/2,3 cp!/2,3 cp_r/2,3 cp_r!/2,3
cwd/0 cwd!/0 dir?/1,2 exists?/1,2 ln/2 ln!/2 ln_s/2 ln_s!/2 ls/0,1 ls!/0,1 lstat/1,2 lstat!/1,2 mkdir/1 mkdir!/1
mkdir_p/1 mkdir_p!/1 open/1,2,3 open!/1,2,3 read/1 read!/1 read_link/1 read_link!/1 regular?/1,2 rename/2
rename!/2 rm/1 rm!/1 rm_rf/1 rm_rf!/1 rmdir/1 rmdir!/1 stat/1,2 stat!/1,2 stream!/1,2,3 touch/1,2 touch!/1,2
write/2,3 write!/2,3 write_stat/2,3 write_stat!/2,3 =File.Stat from_record/1 to_record/1 =File.Stream =Float
ceil/1,2 floor/1,2 max_finite/0 min_finite/0 parse/1 pow/2 ratio/1 round/1,2 to_char_list/1,2 to_charlist/1
to_string/1,2 =Function capture/3 identity/1 info/1,2 =IO binread/1,2 binstream/0,1,2 binwrite/1,2
chardata_to_string/1 each_binstream/2 each_stream/2 getn/1,2,3 gets/1,2 inspect/1,2,3 iodata_length/1
iodata_to_binary/1 puts/1,2 read/1,2 stream/0,1,2 warn/1,2 warn_once/3 write/1,2 =Inspect impl_for/1 impl_for!/1
inspect/2 =Integer digits/1,2 extended_gcd/2 floor_div/2 gcd/2 is_even/1 is_odd/1 mod/2 parse/1,2 pow/2
to_char_list/1,2 to_charlist/1,2 to_string/1,2 undigits/1,2 =Kernel !/1 !=/2 !==/2 &&/2 */2 **/2 +/1,2 ++/2
../0,2 ..///3 //2 </2 <=/2 <>/2 ==/2 ===/2 =~/2 >/2 >=/2 @/1 abs/1 alias!/1 and/2 apply/2,3 binary_part/3
binary_slice/2,3 binding/0,1 bit_size/1 byte_size/1 ceil/1 dbg/0,1,2 def/1,2 defdelegate/2 defexception/1
defguard/1 defguardp/1 defimpl/2,3 defmacro/1,2 defmacrop/1,2 defmodule/2 defoverridable/1 defp/1,2
defprotocol/2 defstruct/1 destructure/2 div/2 elem/2 exit/1 floor/1 function_exported?/3 get_and_update_in/2,3
get_in/2 hd/1 if/2 in/2 inspect/1,2 is_atom/1 is_binary/1 is_bitstring/1 is_boolean/1 is_exception/1,2
is_float/1 is_function/1,2 is_integer/1 is_list/1 is_map/1 is_map_key/2 is_nil/1 is_number/1 is_pid/1 is_port/1
is_reference/1 is_struct/1,2 is_tuple/1 length/1 macro_exported?/3 make_ref/0 map_size/1 match?/2 max/2 min/2
node/0,1 not/1 or/2 pop_in/1,2 put_elem/3 put_in/2,3 raise/1,2 rem/2 reraise/2,3 round/1 self/0 send/2 sigil_C/2
sigil_D/2 sigil_N/2 sigil_R/2 sigil_S/2 sigil_T/2 sigil_U/2 sigil_W/2 sigil_c/2 sigil_r/2 sigil_s/2 sigil_w/2
spawn/1,3 spawn_link/1,3 spawn_monitor/1,3 struct/1,2 struct!/1,2 tap/2 then/2 throw/1 tl/1 to_char_list/1
to_charlist/1 to_string/1 trunc/1 tuple_size/1 unless/2 update_in/2,3 use/1,2 var!/1,2 |>/2 ||/2
=Kernel.SpecialForms %/2 %{}/1 &/1 ./2 ::/2 <<>>/1 =/2 ^/1 alias/2 case/2 cond/1 fn/1 for/1 import/2 quote/2
receive/1 require/2 super/1 try/1 unquote/1 unquote_splicing/1 with/1 {}/1 =Keyword delete/2,3 delete_first/2
drop/2 equal?/2 fetch/2 fetch!/2 filter/2 from_keys/2 get/2,3 get_and_update/3 get_and_update!/3 get_lazy/3
get_values/2 has_key?/2 keys/1 keyword?/1 map/2 merge/2,3 new/0,1,2 pop/2,3 pop!/2 pop_first/2,3 pop_lazy/3
pop_values/2 put/3 put_new/3 put_new_lazy/3 reject/2 replace/3 replace!/3 replace_lazy/3 size/1 split/2 take/2
to_list/1 update/4 update!/3 validate/2 validate!/2 values/1 =List ascii_printable?/1,2 delete/2 delete_at/2
duplicate/2 first/1,2 flatten/1,2 foldl/3 foldr/3 improper?/1 insert_at/3 keydelete/3 keyfind/3,4 keyfind!/3
keymember?/3 keyreplace/4 keysort/2,3 keystore/4 keytake/3 last/1,2 myers_difference/2,3 pop_at/2,3 replace_at/3
starts_with?/2 to_atom/1 to_charlist/1 to_existing_atom/1 to_float/1 to_integer/1,2 to_string/1 to_tuple/1
update_at/3 wrap/1 zip/1 =List.Chars impl_for/1 impl_for!/1 to_char_list/1 to_charlist/1 =Logger add_backend/1,2
add_translator/1 alert/1,2 bare_log/2,3 compare_levels/2 configure/1 configure_backend/2 critical/1,2 debug/1,2
delete_all_module_levels/0 delete_application_level/1 delete_module_level/1 delete_process_level/1 disable/1
emergency/1,2 enable/1 enabled?/1 error/1,2 flush/0 get_module_level/1 get_process_level/1 info/1,2 level/0
log/2,3 metadata/0,1 notice/1,2 put_application_level/2 put_module_level/2 put_process_level/2
remove_backend/1,2 remove_translator/1 reset_metadata/0,1 warn/1,2 warning/1,2 =Macro camelize/1 classify_atom/1
dbg/3 decompose_call/1 escape/1,2 expand/2 expand_literal/2 expand_once/2 generate_arguments/2
generate_unique_arguments/2 inspect_atom/2 operator?/2 path/2 pipe/3 postwalk/2,3 postwalker/1 prewalk/2,3
prewalker/1 quoted_literal?/1 special_form?/2 struct!/2 to_string/1,2 traverse/4 underscore/1
unescape_string/1,2 unescape_tokens/1,2 unique_var/2 unpipe/1 update_meta/2 validate/1 var/2 =Map delete/2
drop/2 equal?/2 fetch/2 fetch!/2 filter/2 from_keys/2 from_struct/1 get/2,3 get_and_update/3 get_and_update!/3
get_lazy/3 has_key?/2 keys/1 map/2 merge/2,3 new/0,1,2 pop/2,3 pop!/2 pop_lazy/3 put/3 put_new/3 put_new_lazy/3
reject/2 replace/3 replace!/3 replace_lazy/3 size/1 split/2 take/2 to_list/1 update/4 update!/3 values/1 =MapSet
delete/2 difference/2 disjoint?/2 equal?/2 filter/2 intersection/2 member?/2 new/0,1,2 put/2 reject/2 size/1
subset?/2 symmetric_difference/2 to_list/1 union/2 =Module add_doc/5,6 attributes_in/1
check_derive_behaviours_and_impls/4 compile_definition_attributes/6 concat/1,2 create/3 defines?/2,3
defines_type?/2 definitions_in/1,2 delete_attribute/2 delete_definition/2 eval_quoted/2,3,4 get_attribute/2,3
get_definition/2,3 has_attribute?/2 make_overridable/2 open?/1 overridable?/2 overridables_in/1 put_attribute/3
register_attribute/3 reserved_attributes/0 safe_concat/1,2 spec_to_callback/2 split/1 =NaiveDateTime add/2,3
compare/2 convert/2 convert!/2 diff/2,3 from_erl/1,2,3 from_erl!/1,2,3 from_gregorian_seconds/1,2,3
from_iso8601/1,2 from_iso8601!/1,2 local_now/0,1 new/2,6,7,8 new!/2,6,7,8 to_date/1 to_erl/1
to_gregorian_seconds/1 to_iso8601/1,2 to_string/1 to_time/1 truncate/2 utc_now/0,1 =Node alive?/0 connect/1
disconnect/1 get_cookie/0 list/0,1 monitor/2,3 ping/1 self/0 set_cookie/1,2 spawn/2,3,4,5 spawn_link/2,4
spawn_monitor/2,4 start/1,2,3 stop/0 =OptionParser next/1,2 parse/1,2 parse!/1,2 parse_head/1,2 parse_head!/1,2
split/1 to_argv/1,2 =Path absname/1,2 basename/1,2 dirname/1 expand/1,2 extname/1 join/1,2 relative/1
relative_to/2 relative_to_cwd/1 rootname/1,2 safe_relative/1 safe_relative_to/2 split/1 type/1 wildcard/1,2
=Process alive?/1 cancel_timer/1,2 delete/1 demonitor/1,2 exit/2 flag/2,3 get/0,1,2 get_keys/0,1
group_leader/0,2 hibernate/3 info/1,2 link/1 list/0 monitor/1 put/2 read_timer/1 register/2 registered/0 send/3
send_after/3,4 sleep/1 spawn/2,4 unlink/1 unregister/1 whereis/1 =Range disjoint?/2 new/2,3 range?/1 shift/2
size/1 =Regex compile/1,2 compile!/1,2 escape/1 match?/2 named_captures/2,3 names/1 opts/1 re_pattern/1
recompile/1 recompile!/1 regex?/1 replace/3,4 run/2,3 scan/2,3 source/1 split/2,3 unescape_map/1 version/0
=Stream chunk/2,3,4 chunk_by/2 chunk_every/2,3,4 chunk_while/4 concat/1,2 cycle/1 dedup/1 dedup_by/2 drop/2
drop_every/2 drop_while/2 duplicate/2 each/2 filter/2 filter_map/3 flat_map/2 intersperse/2 interval/1 into/2,3
iterate/2 map/2 map_every/3 reject/2 repeatedly/1 resource/3 run/1 scan/2,3 take/2 take_every/2 take_while/2
timer/1 transform/3,4,5 unfold/2 uniq/1,2 uniq_by/2 with_index/1,2 zip/1,2 zip_with/2,3 =String at/2
bag_distance/2 capitalize/1,2 chunk/2 codepoints/1 contains?/2 downcase/1,2 duplicate/2 ends_with?/2
equivalent?/2 first/1 graphemes/1 jaro_distance/2 last/1 length/1 ljust/2,3 lstrip/1,2 match?/2
myers_difference/2 next_codepoint/1 next_grapheme/1 next_grapheme_size/1 normalize/2 pad_leading/2,3
pad_trailing/2,3 printable?/1,2 replace/3,4 replace_leading/3 replace_prefix/3 replace_suffix/3
replace_trailing/3 reverse/1 rjust/2,3 rstrip/1,2 slice/2,3 split/1,2,3 split_at/2 splitter/2,3 starts_with?/2
strip/1,2 to_atom/1 to_char_list/1 to_charlist/1 to_existing_atom/1 to_float/1 to_integer/1,2 trim/1,2
trim_leading/1,2 trim_trailing/1,2 upcase/1,2 valid?/1 valid_character?/1 =String.Chars impl_for/1 impl_for!/1
to_string/1 =System argv/0,1 at_exit/1 build_info/0 cmd/2,3 compiled_endianness/0 convert_time_unit/3 cwd/0
cwd!/0 delete_env/1 endianness/0 fetch_env/1 fetch_env!/1 find_executable/1 get_env/0,1,2 get_pid/0 halt/0,1
monotonic_time/0,1 no_halt/0,1 os_time/0,1 otp_release/0 pid/0 put_env/1,2 restart/0 schedulers/0
schedulers_online/0 shell/1,2 stacktrace/0 stop/0,1 system_time/0,1 time_offset/0,1 tmp_dir/0 tmp_dir!/0
trap_signal/2,3 unique_integer/0,1 untrap_signal/2 user_home/0 user_home!/0 version/0 =Time add/2,3 compare/2
convert/2 convert!/2 diff/2,3 from_erl/1,2,3 from_erl!/1,2,3 from_iso8601/1,2 from_iso8601!/1,2
from_seconds_after_midnight/1,2,3 new/3,4,5 new!/3,4,5 to_erl/1 to_iso8601/1,2 to_seconds_after_midnight/1
to_string/1 truncate/2 utc_now/0,1 =Tuple append/2 delete_at/2 duplicate/2 insert_at/3 product/1 sum/1 to_list/1
=URI append_query/2 char_reserved?/1 char_unescaped?/1 char_unreserved?/1 decode/1 decode_query/1,2,3
decode_www_form/1 default_port/1,2 encode/1,2 encode_query/1,2 encode_www_form/1 merge/2 new/1 new!/1 parse/1
query_decoder/1,2 to_string/1 =Version compare/2 compile_requirement/1 match?/2,3 parse/1 parse!/1
parse_requirement/1 parse_requirement!/1 to_string/1 =Version.Requirement compile_requirement/1 match?/2 new/2
`
