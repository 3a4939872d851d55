// Written by scripts/record-stdlib.mjs from the real programs; do not edit.

/** What modules of Erlang/OTP 25 export: each module after `=`, then its functions and macros with their arities. */
export const erlangExports = `
=:application behaviour_info/1 ensure_all_started/1,2 ensure_started/1,2 get_all_env/0,1 get_all_key/0,1
get_application/0,1 get_env/1,2,3 get_key/1,2 info/0 load/1,2 loaded_applications/0 module_info/0,1 permit/2
set_env/1,2,3,4 start/1,2 start_boot/1,2 start_type/0 stop/1 takeover/2 unload/1 unset_env/2,3
which_applications/0,1 =:base64 decode/1 decode_to_string/1 encode/1 encode_to_string/1 mime_decode/1
mime_decode_to_string/1 module_info/0,1 =:binary at/2 bin_to_list/1,2,3 compile_pattern/1 copy/1,2 decode_hex/1
decode_unsigned/1,2 encode_hex/1 encode_unsigned/1,2 first/1 last/1 list_to_bin/1 longest_common_prefix/1
longest_common_suffix/1 match/2,3 matches/2,3 module_info/0,1 part/2,3 referenced_byte_size/1 replace/3,4
split/2,3 =:code add_path/1 add_patha/1 add_paths/1 add_pathsa/1 add_pathsz/1 add_pathz/1 all_available/0
all_loaded/0 atomic_load/1 clash/0 compiler_dir/0 del_path/1 delete/1 ensure_loaded/1 ensure_modules_loaded/1
finish_loading/1 get_chunk/2 get_doc/1 get_mode/0 get_object_code/1 get_path/0 is_loaded/1 is_module_native/1
is_sticky/1 lib_dir/0,1,2 load_abs/1,2 load_binary/3 load_file/1 load_native_partial/2 load_native_sticky/3
modified_modules/0 module_info/0,1 module_md5/1 module_status/0,1 objfile_extension/0 prepare_loading/1
priv_dir/1 purge/1 rehash/0 replace_path/2 root_dir/0 set_path/1 set_primary_archive/4 soft_purge/1 start_link/0
stick_dir/1 stick_mod/1 stop/0 unstick_dir/1 unstick_mod/1 where_is_file/1,2 which/1 =:crypto bytes_to_integer/1
cipher_info/1 compute_key/4 crypto_dyn_iv_init/3 crypto_dyn_iv_update/3 crypto_final/1 crypto_get_data/1
crypto_init/3,4 crypto_one_time/4,5 crypto_one_time_aead/6,7 crypto_update/2 ec_curve/1 ec_curves/0
enable_fips_mode/1 engine_add/1 engine_by_id/1 engine_ctrl_cmd_string/3,4 engine_get_all_methods/0
engine_get_id/1 engine_get_name/1 engine_list/0 engine_load/3,4 engine_methods_convert_to_bitmask/2
engine_register/2 engine_remove/1 engine_unload/1,2 engine_unregister/2 ensure_engine_loaded/2,3
ensure_engine_unloaded/1,2 exor/2 format_error/2 generate_key/2,3 get_test_engine/0 hash/2 hash_equals/2
hash_final/1 hash_info/1 hash_init/1 hash_update/2 info/0 info_fips/0 info_lib/0 mac/3,4 macN/4,5 mac_final/1
mac_finalN/2 mac_init/2,3 mac_update/2 mod_pow/3 module_info/0,1 packed_openssl_version/4 pbkdf2_hmac/5
private_decrypt/4 private_encrypt/4 privkey_to_pubkey/2 public_decrypt/4 public_encrypt/4
rand_cache_plugin_next/1 rand_plugin_aes_jump/1 rand_plugin_aes_jump_2pow20/1 rand_plugin_aes_next/1
rand_plugin_next/1 rand_plugin_uniform/1,2 rand_seed/0,1 rand_seed_alg/1,2 rand_seed_alg_s/1,2 rand_seed_s/0
rand_uniform/2 sign/4,5 start/0 stop/0 strong_rand_bytes/1 supports/0,1 verify/5,6 version/0 =:erlang !/2 */2
+/1,2 ++/2 //2 /=/2 </2 =/=/2 =:=/2 =</2 ==/2 >/2 >=/2 abs/1 adler32/1,2 adler32_combine/3 alias/0,1
alloc_info/1 alloc_sizes/1 and/2 append/2 append_element/2 apply/2,3 atom_to_binary/1,2 atom_to_list/1 band/2
binary_part/2,3 binary_to_atom/1,2 binary_to_existing_atom/1,2 binary_to_float/1 binary_to_integer/1,2
binary_to_list/1,3 binary_to_term/1,2 bit_size/1 bitstring_to_list/1 bnot/1 bor/2 bsl/2 bsr/2 bump_reductions/1
bxor/2 byte_size/1 call_on_load_function/1 cancel_timer/1,2 ceil/1 check_old_code/1 check_process_code/2,3
convert_time_unit/3 crc32/1,2 crc32_combine/3 date/0 decode_packet/3 delay_trap/2 delete_element/2
delete_module/1 demonitor/1,2 disconnect_node/1 display/1 display_nl/0 display_string/1 dist_ctrl_get_data/1
dist_ctrl_get_data_notification/1 dist_ctrl_get_opt/2 dist_ctrl_input_handler/2 dist_ctrl_put_data/2
dist_ctrl_set_opt/3 dist_get_stat/1 div/2 dmonitor_node/3 dt_append_vm_tag_data/1 dt_get_tag/0 dt_get_tag_data/0
dt_prepend_vm_tag_data/1 dt_put_tag/1 dt_restore_tag/1 dt_spread_tag/1 element/2 erase/0,1 error/1,2,3 exit/1,2
exit_signal/2 external_size/1,2 finish_after_on_load/2 finish_loading/1 float/1 float_to_binary/1,2
float_to_list/1,2 floor/1 format_cpu_topology/1 fun_info/1,2 fun_info_mfa/1 fun_to_list/1 function_exported/3
garbage_collect/0,1,2 garbage_collect_message_area/0 gather_gc_info_result/1 get/0,1 get_cookie/0,1 get_keys/0,1
get_module_info/1,2 group_leader/0,2 halt/0,1,2 has_prepared_code_on_load/1 hd/1 hibernate/3 insert_element/3
integer_to_binary/1,2 integer_to_list/1,2 iolist_size/1 iolist_to_binary/1 iolist_to_iovec/1 is_alive/0
is_atom/1 is_binary/1 is_bitstring/1 is_boolean/1 is_builtin/3 is_float/1 is_function/1,2 is_integer/1 is_list/1
is_map/1 is_map_key/2 is_number/1 is_pid/1 is_port/1 is_process_alive/1 is_record/2,3 is_reference/1 is_tuple/1
length/1 link/1 list_to_atom/1 list_to_binary/1 list_to_bitstring/1 list_to_existing_atom/1 list_to_float/1
list_to_integer/1,2 list_to_pid/1 list_to_port/1 list_to_ref/1 list_to_tuple/1 load_module/2 load_nif/2 loaded/0
localtime/0 localtime_to_universaltime/1,2 make_fun/3 make_ref/0 make_tuple/2,3 map_get/2 map_size/1
match_spec_test/3 max/2 md5/1 md5_final/1 md5_init/0 md5_update/2 memory/0,1 min/2 module_info/0,1
module_loaded/1 monitor/2,3 monitor_node/2,3 monotonic_time/0,1 nif_error/1,2 node/0,1 nodes/0,1,2 not/1 now/0
open_port/2 or/2 phash/2 phash2/1,2 pid_to_list/1 port_call/2,3 port_close/1 port_command/2,3 port_connect/2
port_control/3 port_get_data/1 port_info/1,2 port_set_data/2 port_to_list/1 ports/0 posixtime_to_universaltime/1
pre_loaded/0 prepare_loading/2 process_display/2 process_flag/2,3 process_info/1,2 processes/0 purge_module/1
put/2 raise/3 read_timer/1,2 ref_to_list/1 register/2 registered/0 rem/2 resume_process/1 round/1 self/0
send/2,3 send_after/3,4 send_nosuspend/2,3 seq_trace/2 seq_trace_info/1 seq_trace_print/1,2 set_cookie/1,2
set_cpu_topology/1 setelement/3 setnode/2,3 size/1 spawn/1,2,3,4 spawn_link/1,2,3,4 spawn_monitor/1,2,3,4
spawn_opt/2,3,4,5 spawn_request/1,2,3,4,5 spawn_request_abandon/1 split_binary/2 start_timer/3,4 statistics/1
subtract/2 suspend_process/1,2 system_flag/2 system_info/1 system_monitor/0,1,2 system_profile/0,2
system_time/0,1 term_to_binary/1,2 term_to_iovec/1,2 throw/1 time/0 time_offset/0,1 timestamp/0 tl/1 trace/3
trace_delivered/1 trace_info/2 trace_pattern/2,3 trunc/1 tuple_size/1 tuple_to_list/1 unalias/1
unique_integer/0,1 universaltime/0 universaltime_to_localtime/1 universaltime_to_posixtime/1 unlink/1
unregister/1 whereis/1 xor/2 yield/0 =:file advise/4 allocate/3 altname/1 change_group/2 change_mode/2
change_owner/2,3 change_time/2,3 close/1 consult/1 copy/2,3 copy_opened/3 datasync/1 del_dir/1 del_dir_r/1
delete/1,2 eval/1,2 format_error/1 get_cwd/0,1 ipread_s32bu_p32bu/3 ipread_s32bu_p32bu_int/3 list_dir/1
list_dir_all/1 make_dir/1 make_link/2 make_symlink/2 module_info/0,1 native_name_encoding/0 open/2
path_consult/2 path_eval/2,3 path_open/3 path_script/2,3 pid2name/1 position/2 pread/2,3 pwrite/2,3
raw_read_file_info/1 raw_write_file_info/2 read/2 read_file/1 read_file_info/1,2 read_line/1 read_link/1
read_link_all/1 read_link_info/1,2 rename/2 script/1,2 sendfile/2,5 set_cwd/1 sync/1 truncate/1 write/2
write_file/2,3 write_file_info/2,3 =:filelib compile_wildcard/1 ensure_dir/1 ensure_path/1 file_size/1,2
find_file/2,3 find_source/1,2,3 fold_files/5,6 is_dir/1,2 is_file/1,2 is_regular/1,2 last_modified/1,2
module_info/0,1 safe_relative_path/2 wildcard/1,2,3 =:filename absname/1,2 absname_join/2 append/2 basedir/2,3
basename/1,2 dirname/1 extension/1 flatten/1 join/1,2 module_info/0,1 nativename/1 pathtype/1 rootname/1,2
split/1 validate/1 =:inet cancel_monitor/1 close/1 connect_options/2 ensure_sockaddr/1 fdopen/6 format_error/1
gen_tcp_module/1 gen_udp_module/1 get_rc/0 getaddr/2,3 getaddr_tm/3 getaddrs/2,3 getaddrs_tm/3 getfd/1
gethostbyaddr/1,2 gethostbyaddr_tm/2 gethostbyname/1,2,3 gethostbyname_self/2 gethostbyname_string/2
gethostbyname_tm/3 gethostname/0,1 getif/0,1 getifaddrs/0,1 getiflist/0,1 getll/1 getopts/2 getservbyname/2
getservbyport/2 getstat/1,2 i/0,1,2 ifget/2,3 ifset/2,3 info/1 ip/1 ipv4_mapped_ipv6_address/1 is_ip_address/1
is_ipv4_address/1 is_ipv6_address/1 listen_options/2 lock_socket/2 module_info/0,1 monitor/1 ntoa/1 open/8
open_bind/8 options/0 parse_address/1 parse_ipv4_address/1 parse_ipv4strict_address/1 parse_ipv6_address/1
parse_ipv6strict_address/1 parse_strict_address/1 peername/1 peernames/1,2 popf/1 port/1 pushf/3 sctp_module/1
sctp_options/2 send/2 setopts/2 setpeername/2 setsockname/2 socket_to_list/1 sockname/1 socknames/1,2
start_timer/1 stats/0 stop_timer/1 tcp_close/1 tcp_controlling_process/2 tcp_module/1,2 timeout/1,2
translate_ip/2 udp_close/1 udp_controlling_process/2 udp_module/1 udp_options/2 =:init archive_extension/0
boot/1 code_path_choice/0 ensure_loaded/1 fetch_loaded/0 get_argument/1 get_arguments/0 get_configfd/1
get_plain_arguments/0 get_status/0 make_permanent/2 module_info/0,1 notify_when_started/1 objfile_extension/0
reboot/0 restart/0,1 run_on_load_handlers/0 script_id/0 script_name/0 set_configfd/2 stop/0,1
wait_until_started/0 =:io columns/0,1 format/1,2,3 fread/2,3 fwrite/1,2,3 get_chars/2,3 get_line/1,2
get_password/0,1 getopts/0,1 module_info/0,1 nl/0,1 parse_erl_exprs/1,2,3,4 parse_erl_form/1,2,3,4
printable_range/0 put_chars/1,2 read/1,2,3,4 request/1,2 requests/1,2 rows/0,1 scan_erl_exprs/1,2,3,4
scan_erl_form/1,2,3,4 setopts/1,2 write/1,2 =:io_lib build_text/1,2 char_list/1 chars_length/1 collect_chars/3,4
collect_line/3,4 deep_char_list/1 deep_latin1_char_list/1 deep_unicode_char_list/1 format/2,3 format_prompt/1,2
fread/2,3 fwrite/2,3 get_until/3,4 indentation/2 latin1_char_list/1 limit_term/2 module_info/0,1 nl/0 print/1,4
printable_latin1_list/1 printable_list/1 printable_unicode_list/1 quote_atom/2 scan_format/2 unscan_format/1
write/1,2,3 write_atom/1 write_atom_as_latin1/1 write_binary/3 write_char/1 write_char_as_latin1/1
write_latin1_char/1 write_latin1_string/1,2 write_string/1,2 write_string_as_latin1/1,2 write_unicode_char/1
write_unicode_string/1 =:lists all/2 any/2 append/1,2 concat/1 delete/2 droplast/1 dropwhile/2 duplicate/2
enumerate/1,2 filter/2 filtermap/2 flatlength/1 flatmap/2 flatten/1,2 foldl/3 foldr/3 foreach/2 join/2
keydelete/3 keyfind/3 keymap/3 keymember/3 keymerge/3 keyreplace/4 keysearch/3 keysort/2 keystore/4 keytake/3
last/1 map/2 mapfoldl/3 mapfoldr/3 max/1 member/2 merge/1,2,3 merge3/3 min/1 module_info/0,1 nth/2 nthtail/2
partition/2 prefix/2 reverse/1,2 rkeymerge/3 rmerge/2,3 rmerge3/3 rukeymerge/3 rumerge/2,3 rumerge3/3 search/2
seq/2,3 sort/1,2 split/2 splitwith/2 sublist/2,3 subtract/2 suffix/2 sum/1 takewhile/2 ukeymerge/3 ukeysort/2
umerge/1,2,3 umerge3/3 uniq/1,2 unzip/1 unzip3/1 usort/1,2 zf/2 zip/2 zip3/3 zipwith/3 zipwith3/4 =:logger
add_default_metadata/1 add_handler/3 add_handler_filter/3 add_handlers/1 add_primary_filter/2 alert/1,2,3
allow/2 compare_levels/2 critical/1,2,3 debug/1,2,3 emergency/1,2,3 error/1,2,3 filter_stacktrace/2
format_otp_report/1 format_report/1 get_config/0 get_handler_config/0,1 get_handler_ids/0 get_module_level/0,1
get_primary_config/0 get_process_metadata/0 get_proxy_config/0 i/0,1 info/1,2,3 internal_init_logger/0
internal_log/2 log/2,3,4 macro_log/3,4,5 module_info/0,1 notice/1,2,3 reconfigure/0 remove_handler/1
remove_handler_filter/2 remove_primary_filter/1 set_application_level/2 set_handler_config/2,3
set_module_level/2 set_primary_config/1,2 set_process_metadata/1 set_proxy_config/1 timestamp/0
unset_application_level/1 unset_module_level/0,1 unset_process_metadata/0 update_formatter_config/2,3
update_handler_config/2,3 update_primary_config/1 update_process_metadata/1 update_proxy_config/1 warning/1,2,3
=:maps filter/2 filtermap/2 find/2 fold/3 foreach/2 from_keys/2 from_list/1 get/2,3 groups_from_list/2,3
intersect/2 intersect_with/3 is_key/2 iterator/1 keys/1 map/2 merge/2 merge_with/3 module_info/0,1 new/0 next/1
put/3 remove/2 size/1 take/2 to_list/1 update/3 update_with/3,4 values/1 with/2 without/2 =:math acos/1 acosh/1
asin/1 asinh/1 atan/1 atan2/2 atanh/1 ceil/1 cos/1 cosh/1 erf/1 erfc/1 exp/1 floor/1 fmod/2 log/1 log10/1 log2/1
module_info/0,1 pi/0 pow/2 sin/1 sinh/1 sqrt/1 tan/1 tanh/1 =:net_kernel allow/1 allowed/0 async_disconnect/1
aux_ticker/4 code_change/3 connect_node/1 connecttime/0 dflag_unicode_io/1 disconnect/1 do_spawn/3 epmd_module/0
get_net_ticktime/0 get_state/0 getopts/2 handle_call/3 handle_cast/2 handle_info/2 hidden_connect_node/1 i/0,1
init/1 kernel_apply/3 longnames/0 module_info/0,1 monitor_nodes/1,2 node_info/1,2 nodename/0 nodes_info/0
passive_cnct/1 passive_connect_monitor/2 protocol_childspecs/0 publish_on_node/1 set_net_ticktime/1,2 setopts/2
spawn_func/6 start/1,2 start_link/1 stop/0 terminate/2 ticker/2 ticker_loop/2 verbose/1 =:os cmd/1,2 env/0
find_executable/1,2 getenv/0,1,2 getpid/0 module_info/0,1 perf_counter/0,1 putenv/2 set_signal/2 system_time/0,1
timestamp/0 type/0 unsetenv/1 version/0 =:persistent_term erase/1 get/0,1,2 info/0 module_info/0,1 put/2
=:proplists append_values/2 compact/1 delete/2 expand/2 from_map/1 get_all_values/2 get_bool/2 get_keys/1
get_value/2,3 is_defined/2 lookup/2 lookup_all/2 module_info/0,1 normalize/2 property/1,2 split/2
substitute_aliases/2 substitute_negations/2 to_map/1,2 unfold/1 =:rand bc64/1 bytes/1 bytes_s/2 export_seed/0
export_seed_s/1 exro928_jump_2pow20/1 exro928_jump_2pow512/1 exro928_next/1 exro928_next_state/1 exro928_seed/1
exsp_jump/1 exsp_next/1 float2str/1 format_jumpconst58/1 jump/0,1 make_float/3 module_info/0,1 mwc59/1
mwc59_float/1 mwc59_seed/0,1 mwc59_value/1 mwc59_value32/1 normal/0,2 normal_s/1,3 seed/1,2 seed58/2 seed_s/1,2
splitmix64_next/1 uniform/0,1 uniform_real/0 uniform_real_s/1 uniform_s/1,2 =:re compile/1,2 grun/3 inspect/2
internal_run/4 module_info/0,1 replace/3,4 run/2,3 split/2,3 ucompile/2 urun/3 version/0 =:string casefold/1
centre/2,3 chars/2,3 chomp/1 chr/2 concat/2 copies/2 cspan/2 equal/2,3,4 find/2,3 is_empty/1 join/2 left/2,3
len/1 length/1 lexemes/2 list_to_float/1 list_to_integer/1 lowercase/1 module_info/0,1 next_codepoint/1
next_grapheme/1 nth_lexeme/3 pad/2,3,4 prefix/2 rchr/2 replace/3,4 reverse/1 right/2,3 rstr/2 slice/2,3 span/2
split/2,3 str/2 strip/1,2,3 sub_string/2,3 sub_word/2,3 substr/2,3 take/2,3,4 titlecase/1 to_float/1
to_graphemes/1 to_integer/1 to_lower/1 to_upper/1 tokens/2 trim/1,2,3 uppercase/1 words/1,2 =:timer
apply_after/4 apply_interval/4 cancel/1 code_change/3 exit_after/2,3 handle_call/3 handle_cast/2 handle_info/2
hms/3 hours/1 init/1 kill_after/1,2 minutes/1 module_info/0,1 now_diff/2 seconds/1 send_after/2,3
send_interval/2,3 sleep/1 start/0 start_link/0 tc/1,2,3 terminate/2 =:unicode bin_is_7bit/1 bom_to_encoding/1
characters_to_binary/1,2,3 characters_to_binary_int/2 characters_to_list/1,2 characters_to_list_int/2
characters_to_nfc_binary/1 characters_to_nfc_list/1 characters_to_nfd_binary/1 characters_to_nfd_list/1
characters_to_nfkc_binary/1 characters_to_nfkc_list/1 characters_to_nfkd_binary/1 characters_to_nfkd_list/1
encoding_to_bom/1 module_info/0,1 =:uri_string allowed_characters/0 compose_query/1,2 dissect_query/1 is_host/1
is_path/1 module_info/0,1 normalize/1,2 parse/1 percent_decode/1 quote/1,2 recompose/1 resolve/2,3 transcode/2
unquote/1
`
