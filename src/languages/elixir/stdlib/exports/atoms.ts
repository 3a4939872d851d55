// Written by scripts/record-stdlib.mjs from the real programs; do not edit.

/** Short atoms that exist wherever Elixir runs. */
export const virtualMachineAtoms = `
a aaaa abandoned abcast abort aborted abs absname absolute abstract ac aca acc accept acceptconn accepting
access accumulate ack acos acosh acquire acquired action active actual add added addr address addrform adjacents
adjust advise after aggregate agreed ah alen alert alias aliases alignment alive all allmulti alloc allocate
allocated allocator allow allowed already altname always amb analyze ancestor ancestors anchored and andalso
andthen anno annotate ansi any anycrlf app appcall append appl appletlk apply approved archive arcnet arg args
argument arguments argv arith arities arity array as asc ascii asin asinh asm asocmaxrxt assemble assign assoc
associnfo async at atan atanh atm atom atomic atomics atoms attach attribute attributes auth authhdr author auto
autoclose autoload automedia aux backends backlog backtrace bad badarg badarith badarity badbool badcall badcast
badcookie badexpr badfile badfun badkey badlist badmap badmatch badopt badre badrecord badrpc badsig badstruct
badtab badtype bag balance band base basedir basename basenameb bb bc bchunk be beam begin behavior behaviour
between bi bif big bin binaries binarify binary bind binding bindings bindir bindx binread binstream binwrite
bits bitsize bitstr bitstring bitstrs bittype black blame block blocked blockify blocks blue bm bnot body bof
bool boolean boot bootfile booting bootstrap bor borlist both bound br branch break breakpoint bright broadaddr
broadcast bsl bsr bt buffer bufsz build busy bxor bye byte bytes c cache cached cafu calculate calendar call
callback callbacks called caller camelize cancel canon cantconfig capitalize capture case casefold caseless cast
cat catch catchlevel catchtag category caught cause cbody cbv ccc cclause cclauses cd cdr ceil centre cerl cexpr
cexprs cflags cfun cg cguard chaos char character charlist charlists chars check checksum chgopt chgopts chgrp
child childspecs chmod choice chomp choose chown chr chunk chunks circle circular clash clause clauses clean
cleanup clear clint clobbers close closed closing cm cmd cmp cname cntrl code codepoints collapse collect color
colors column columns com combine comma command commands commandv comment comments comp compact compare compat
compile compiler complete compose composite compress compressed concat conceal concrete cond conf config
configfd configure confirm congestion connect connected connecting connection connectx cons console const
constraint consult cont context continue continued control controller conv converse convert cookie copies copt
copy core cork cos cosh count counter counters cover cp cpattern cpl cpu cr crash crasher create creation
critical crlf crypto cspan ctrl ctrunc ctype cur cursor cut cwd cyan cycle cyclic d da dabstr daeh dalias darwin
data datasync date day dbg dblk dbool dcbsm dccp dcg dclean dcopt dcore dcorefold ddp dead deadline deadlock
deallocate deatomize debug dec decimal decimals decode decompose decorate decrement dedup def default defaults
defguard defguardp defimpl define defined deflate deflated defmacro defmacrop defmodule defp defs defstruct del
delay delete delimiter deliver demonitor deprecated depth derive desc descend detach detect dets dev device dexp
dgram dhcp dialyzer dict dictionary died diff diffable difference diffs digraph dinline dir directory dirjoin
dirname dirty disable disabled discard disconnect disjoint dispatch display dist div djmp dk dkern dlci dma dns
do doc docs doldcg doldinline dom domain dominators done dont dontfrag dontroute dopt dormant dot dotall dots
down downcase dpp dprecg dprep drecv driver drop droplast dropped dropwhile dssa dssabsm dssaopt dssashare
dstaddr dstopts dthrow dtor dtrim dummy dup duplicate duplicated dupnames dying dynamic dz eacces eaccess each
eagain ebadflags ebusy echo edlin edns eether eexist efail efamily efault effect efile egp eigrp einval eio elem
element elif elixir else embedded emem emergency emfile empty emulator enable enabled encap encircled encode
encoded encoding encrypt end endian endianness endif enodata enoent enoname enotconn enotdir enotsup enter enum
enumerate env enxio eocd eof eol eor eot eoverflow epp eprof eq equal erase erf erfc erlang erlangrc erpc error
errors errqueue erts es escape escript eservice esocktype esp esystem ether etherip ethernet ets eval events
eventually exact exbadport exbadseq except exception exchange excl exclude exclusive exec exist existing exists
exit exited exiting exp expand expired export exported exports expr exprs exrop exsp exsplus exsss extc extended
extends extension extensions external extfunc extname extra extract f fadd fail failed failover failure faint
faith family fastroute fatal fc fcgi fconv fd fddi fdiv fdopen feature features fetch field fields file filelib
filename filesync filter filtered filtermap filters final finalize find finish finished first firstline flag
flags flat flatlength flatmap flatten flex float floats floor flowinfo flt flush flushed fmergel fmod fmove fmul
fn fname fnegate fold foldl foldr font foo for force foreach form format formatter formerr forms forward found
fr fraction framed fread free freebind freebsd frelay fstrip fsub full fun func function functions funs fwrite
gbody gc gcd gconf gcopt gen generate generated generator get getaddr getaddrs getbyname getenv getfd getif
getifaddrs getiflist getindex getit getll getn getnode getopt getopts getpid gets getserv getstat getstatus
gettype gexpr ggp gifaddr gifbrdaddr gifconf gifdstaddr gifflags gifhwaddr gifindex gifmap gifmtu gifname
gifnetmask giftxqlen gl glb global glue go good graphemes gre greek green group grun gst gt gteq guard guards
gunzip gzip h halt halted handle handler handlers hard hatype hcb hd hdrincl head header heart heir help hex
hform hibernate hidden hide high him hip history hmp home hoplimit hopopt hopopts host hostent hostname hosts
hour how ht http httph https hwaddr i ialias iapply ibinary ibitstr icall icase icatch iclause icmp id
identifier idle idn idrp iexprs if ifaddr ifdef iff ifget ifilter ifindex ifn ifndef iformat ifset ifun igen
igmp ignore ignored ignorefd igp ii iletrec illegal image imap imappair imatch imodule impl implink impls import
imported imports impossible in inactive include includes incomplete increment indent index inet inetrc infer
infiniband infinity inflate info inherit init initial initmsg inline inlined inode input ins insert inserted
inspect instance instr int integer integers intensity interface interfaces internal intersect into invalid
inverse io ioctl iodata iolist iov iovec iow ip ipcomp ipencap ipip iprimop iprotect irq iset isimple isis
isolated italic item items iterator itry ivalues join jump k keep keepalive keepcnt keepidle keepintvl kern
kernel key keydelete keyfind keyins keymap keymember keymerge keymergel keypos keyreplace keys keysearch keysort
keystore keytake keyword keywords kill killed kind kmatch known knowsepoch ksd kv l label labels lait lambda
landingpad largest last lbody lc ldflags leading left len length less let letify letrec level levelpad lexemes
lexpr lf liat lib limit line linearize linger linify link linkaddr links lint linux list listen listening
listify listing listop lists lit literal little live liveness ljust lm ln load loaded loader loading loc local
locals localtime localtlk location lock locker log logfile logger logical long longer longnames lookup loop
loopback loopexec low lowdelay lower lowercase ls lst lstat lstrip lt lteq lub lunion m machine macro macros
magenta main major makedep manet manual map mapfold mapfoldl mapfoldr maps mapsets mark mask master match
matched matches math max maxburst maximum maxseg maybe mbcs medial meet mem member membership memory merge
mergel message messages meta metadata methods metricom mfa mfargs mformat mif min mincost minmax minor minttl
minute mismatch missing mkdir mm mod mode modes modified modifier modp module moduledoc modules mon monitor
monitoring monitors monotonic month more move mpf mptcp msfilter msg msocket mtu multi multiaddr multicall
multicast multiline n name named namelist namereqd names nameserver nanosecond narrow native nativename nc nd
ndx need needed negations neighbour neighbours neq nest net netbsd netmask netmasks netns netrom networks
neutral never new newline newlines next nfc nfd nfkc nfkd nformat ni nifs nis nisplus nl nlen no noappdata noarp
nocatch nocompile noconnect node nodedown nodefrag nodelay nodename nodes nodeup noeol nofile nofqdn nogroup
noinput nolink nolist nomatch noname nonames none nonl noop noopt nop noport noproc noproxy noprune nopush
noreply norm normal normalise normalize noroute noshell nosignal nosock nostack nostick nostring nosuspend not
notalive notbol notempty noteol notice notify notrailers notsup nouser novars now nowarn nozero nregs nt nth
nthtail ntoa null number nxdomain oactive objfile obsolete of offender offset ok oldshell olp on once only onoff
oob oobinline op opaque opcode open opname ops opt optimize options opts or orddict ordsets orelse origin os
ospf other otherhost otp out outdir outfile outgoing output overlined overloaded overspecs owner p pa packet pad
pair parameter parameters parent parse parsetools part partition parts pass passcred passes path pathtype
pattern pause peek peeloff peer peercred peername peernames pending period permanent permit persistent pg phash
phi pi pid pim pin pinfo ping pipe pivot pktinfo pktoptions pkttype plain plan pmap polyjump pong pool pop popf
port portformat portinfo portline portrange ports portsel position positive posix post postwalk postwalker pow
ppp ppromisc pre pread prefer preferred prefix prefixes preloaded prepare prepared pretty prev prewalk prewalker
primary primop primzip prinfo print printable priority priv private probe proc proceed process processes
processor procformat procline procs prod product profile progname progress projection promisc prompt pronet
property proplists protect protected protection protocol protocols proxy prune pry ptr public publish pup purge
push pushf put putenv puts pwd pwhereis pwrite pz q qlc queue quote quoted raise ram ran rand random range raw
rchr rcvbuf rcvctrlbuf rcvlowat rcvtimeo rdm rdp re reachable read reader readonly real rearr reason reattach
reboot recbuf receive recompile record recurse recv recverr recvfrom recvif recvmsg recvopts recvtclass recvtos
recvttl red redefine reduce reductions ref refc reference references reformat register registered registers
registrar registry regs regular rehash reject rejected rel relation relative relaxed relay reload relop relprod
rem remap remarked remote remove removed removing rename renaming render repaired replace reply report request
requests require required requires reraise rescue resend reset resolv resolve resolved resolver resource
response rest restart restarting restrict result resume ret retopts retry return reuseaddr reuseport rev reverse
revision rewrite rex rfmergel rid right rights rjust rkeymerge rkeymergel rle rm rmdir rmerge rmergel rohc root
rootname rootset rotation round rows rpc rpo rspf rstates rstr rstrip rsvp rthdr rtoinfo rufmergel rukeymerge
rumerge rumergel run runnable runner running runopt runtime rvrs s safe safesend same sanitize sasl sbcast sbcs
sbct scan scheduler schedulers scheme scientific scope script sctp search sec second seconds seed seek segment
select selected self send sendfile sendmsg sendto sensitive sent separate separator separators seq seqpacket
sequential serial server service services set setelement setfib setfun setify setnode setopt setopts sets setup
shadow share shell shift short shorter shortest shortnames should show shuffle shutdown sifaddr sifbrdaddr
sifdstaddr sifflags sifmtu sifnetmask siftxqlen sigabrt sigalrm sigchld sighup sigil sigill sigils sigint sign
signal signature signed signedness sigquit sigsegv sigstop sigterm sigtstp silent simple simplex simplify sin
single singleton sinh size skip skipped skipper sl slave sleep slen slice slide slim slist slot small smallest
smax sname sndbuf sndctrlbuf sndlowat sndtimeo snifs snoc sockaddr socket sockets sockname socknames sofs soft
sort sote source sourceaddr space span spawn spawned spcs spec specdiffs specs speed split splitat splitter
splitwith sqrt square srch ssalint ssl st stab stacktrace start started starting stat state states static
staticarp statistics stats status stderr stdio stdlib step sticky stop stopped stopping store str strategy
stream strict string stringify strip stripdot stripfirst strong struct structs sub sublist submatch subscribe
subset subst substitute substr subtract subtrees succ succeeded success successors suffix suitable sum sunos
sunrm super supervisor supname supports surround suspend suspended suspending swap swapped symbol symbols
symdiff symlink sympart sync synced syncnt sys system table tabs tag tail take takeover takewhile tan tanh tap
target tclass tcp temp template temporary tentative term terminate terminated terminator test testing text the
then this thread threads threshold thresholds throughput throw tick ticker ticktime tid time timeout timer times
timestamp title titlecase tl token tokenize tokens tolower tools tos total touch tpkt tr trace traced tracer
tracers trailing trans transient translate traverse tree trim true trunc truncate try trytag ttl tty tunnel
tuple turkic txqlen txstatus txtime type typed typedoc typeinfo typep types ubinarify ubody uclause uclauses
ucompile ucp udp udplite uexpr uexprs ufmergel uguard uint ukeymerge ukeymergel ukeysort ulbl ulistify umatch
umerge umergel unalias unassigned unblock unbound unchanged uncompress undecided undef undefined underline
underscore underspecs unescape unfold unforce ungreedy unhex unicode uniform union uniq unit universal unix
unknown unless unlimited unlink unload unloaded unlock unnamed unnest unordered unpipe unquote unquoted unrecv
unregister unsafe unset unsetenv unsigned unspec unsuitable until unused unwatch unzip up upattern upcase update
upper uppercase uptime uri urun usage use usec used user uses usevc usort utf v valid validate value values
vanilla var variable variables variadic vars verbose verify version vertical vertices vi via visible visit vmtp
void vrrp vsn vst vtmerge vtnew vtold vtsubtract vtunsafe vtupdate w wait waiting want wanted warn warning
warnings watch weak werror wesp when where whereis which while white whitespace whoami wide width wildcard
windows wins wipe with without withsocket words wordsize worker workers working wrap wrapper write wstates
wwanpp x xm xor xref xtp y yank year yecc yeccerror yellow yes yield yp yregs z zero zerocopy zf zip zipwith
zlib zwj
`
