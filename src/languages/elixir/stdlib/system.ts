import { calledName, moduleName } from '../syntax/module-name.ts'
import { badArgument, type CallContext, ElixirError, noClause, raise, type StdTable } from '../values/types.ts'
import { atom, binary, boolean, list, nil, tuple, type UnknownType, type Value } from '../values/value.ts'
import { functions, outside, textOf, unmodelled } from './define.ts'
import { isStandardModule } from './exports/exports.ts'
import { charsOf, erlangText, iodataBytes } from './text/chars.ts'

const ofMachine = (): Value => unmodelled('it depends on the machine')
const atRun = (): Value => unmodelled('it is only known when the system runs')
const ok = (): Value => atom('ok')

/** Functions of `module` that surely give something of a type, which nobody can know beforehand. */
function foreseen(module: string, type: UnknownType, names: string, why: () => Value = atRun): StdTable {
  return functions(module, { gives: type, lazy: true }, Object.fromEntries(names.split(' ').map((name) => [name, why])))
}

/** `System` besides the environment. */
export const systemFunctions: StdTable = {
  ...functions('System', 'any', {
    'version/0': (context) => binary(context.elixirVersion),
    'user_home/0': (context) => {
      const home = context.env('HOME')
      return home.kind === 'known' ? binary(home.value) : home.kind === 'unset' ? nil : ofMachine()
    },
    'user_home!/0': (context) => {
      const home = context.env('HOME')
      return home.kind === 'known'
        ? binary(home.value)
        : home.kind === 'unset'
          ? raise('RuntimeError', 'could not find the user home, please set the HOME environment variable')
          : ofMachine()
    },
    'halt/0': atRun,
    'halt/1': atRun,
    'find_executable/1': ofMachine,
  }),
  ...foreseen('System', 'binary', 'otp_release/0 tmp_dir!/0 cwd!/0 get_pid/0 pid/0', ofMachine),
  ...foreseen(
    'System',
    'integer',
    'schedulers/0 schedulers_online/0 system_time/0 system_time/1 os_time/0 os_time/1 monotonic_time/0 monotonic_time/1 unique_integer/0 unique_integer/1 time_offset/0 time_offset/1 convert_time_unit/3',
    ofMachine,
  ),
  ...foreseen('System', 'tuple', 'cmd/2 cmd/3 shell/1 shell/2', ofMachine),
  ...foreseen('System', 'list', 'argv/0', ofMachine),
  ...foreseen('System', 'atom', 'no_halt/0 trap_signal/2', ofMachine),
}

const module = (value: Value): string => {
  const name = value.kind === 'atom' ? value.name : badArgument(1, 'not an atom')
  return calledName(name)
}

/** Whether a module can be loaded: asked by calling what every module has. */
function isLoaded(context: CallContext, value: Value): boolean {
  const name = module(value)
  if (isStandardModule(name) || value.kind !== 'atom') return true
  try {
    context.apply(value.name, '__info__', [atom('module')])
  } catch (error) {
    if (!(error instanceof ElixirError) || error.crash.cause?.kind !== 'no-function') throw error
    return error.crash.cause.hasModule
  }
  return unmodelled(`whether \`${name}\` can be loaded is not known`)
}

/** `IO`, `Logger`, `Process`, `Application`, `Code`, `Node`: what they give without doing anything. */
export const processFunctions: StdTable = {
  ...functions(
    'IO',
    { lazy: true },
    {
      'puts/1': ok,
      'puts/2': ok,
      'write/1': ok,
      'write/2': ok,
      'warn/1': ok,
      'warn/2': ok,
      'binwrite/1': ok,
      'binwrite/2': ok,
    },
  ),
  ...functions(
    'IO',
    { lazy: true, opaque: [0] },
    { 'inspect/1': (_, value) => value, 'inspect/2': (_, value) => value },
  ),
  ...functions('IO', { lazy: true, opaque: [1] }, { 'inspect/3': (_, _device, value) => value }),
  ...functions(
    'IO',
    { lazy: true, gives: 'binary' },
    {
      'iodata_to_binary/1': (context, value) => iodataBytes(context, value) ?? badArgument(1, 'not an iodata term'),
      'chardata_to_string/1': (context, value) =>
        value.kind === 'binary' || value.kind === 'list'
          ? binary(charsOf(context, value))
          : noClause('IO.chardata_to_string/1'),
    },
  ),
  ...functions(
    'IO',
    { lazy: true, gives: 'integer' },
    {
      'iodata_length/1': (context, value) => {
        const made = iodataBytes(context, value) ?? badArgument(1, 'not an iodata term')
        return context.apply('Elixir.Kernel', 'byte_size', [made])
      },
    },
  ),
  ...functions(
    'Logger',
    { lazy: true },
    Object.fromEntries(
      [
        'debug',
        'info',
        'notice',
        'warn',
        'warning',
        'error',
        'critical',
        'alert',
        'emergency',
        'configure',
        'add_backend',
        'remove_backend',
        'configure_backend',
        'put_module_level',
        'log',
        'metadata',
        'flush',
        'put_application_level',
      ].flatMap((name) => [0, 1, 2, 3].map((arity) => [`${name}/${arity}`, ok])),
    ),
  ),
  ...functions(
    'Process',
    { lazy: true },
    { 'sleep/1': ok, 'put/2': () => atRun(), 'get/1': () => atRun(), 'get/2': () => atRun(), 'flag/2': () => atRun() },
  ),
  ...functions(
    'Application',
    { lazy: true },
    {
      'put_all_env/1': ok,
      'delete_env/2': ok,
      'load/1': ok,
      'ensure_all_started/1': () => unmodelled('the application is started while the configuration is read'),
      'ensure_started/1': () => unmodelled('the application is started while the configuration is read'),
      'app_dir/1': () => unmodelled('where the application lies is not known'),
      'app_dir/2': () => unmodelled('where the application lies is not known'),
      'spec/1': () => unmodelled('the application is not here'),
      'spec/2': () => unmodelled('the application is not here'),
      'compile_env/2': () => unmodelled('what it was compiled with is not known'),
      'compile_env/3': () => unmodelled('what it was compiled with is not known'),
    },
  ),
  ...functions('Code', 'boolean', {
    'ensure_loaded?/1': (context, value) => boolean(isLoaded(context, value)),
    'ensure_compiled?/1': (context, value) => boolean(isLoaded(context, value)),
    'loaded?/1': (context, value) => boolean(isLoaded(context, value)),
  }),
  ...functions('Code', 'any', {
    'ensure_loaded/1': (context, value) =>
      isLoaded(context, value) ? tuple([atom('module'), value]) : tuple([atom('error'), atom('nofile')]),
    'ensure_loaded!/1': (context, value) =>
      isLoaded(context, value)
        ? value
        : raise('ArgumentError', `could not load module ${module(value)} due to reason :nofile`),
    'ensure_compiled/1': (context, value) =>
      isLoaded(context, value) ? tuple([atom('module'), value]) : tuple([atom('error'), atom('nofile')]),
    'ensure_compiled!/1': (context, value) =>
      isLoaded(context, value)
        ? value
        : raise('ArgumentError', `could not load module ${module(value)} due to reason :nofile`),
    'compiler_options/1': () => list([]),
  }),
  ...functions('Node', 'any', {
    'self/0': () => atom('nonode@nohost'),
    'alive?/0': () => boolean(false),
    'list/0': () => list([]),
  }),
  ...functions(':erlang', 'any', {
    'node/0': () => atom('nonode@nohost'),
    'system_info/1': ofMachine,
  }),
  ...foreseen(
    ':erlang',
    'integer',
    'system_time/0 system_time/1 monotonic_time/0 unique_integer/0 unique_integer/1 phash2/1 phash2/2',
  ),
  ...foreseen(':crypto', 'binary', 'strong_rand_bytes/1 hash/2 mac/4 hmac/3'),
  ...foreseen(':rand', 'any', 'uniform/0 uniform/1'),
  ...functions(':os', 'tuple', { 'type/0': () => tuple([atom('unix'), atom('linux')]) }),
  ...foreseen(':os', 'any', 'version/0 getpid/0 cmd/1 timestamp/0 system_time/0 system_time/1', ofMachine),
  ...foreseen(':code', 'any', 'priv_dir/1 lib_dir/1 root_dir/0', ofMachine),
  ...foreseen(':inet', 'tuple', 'gethostname/0 getaddr/2 getaddrs/2 getifaddrs/0 gethostbyname/1', ofMachine),
  ...foreseen(':net_adm', 'any', 'localhost/0 names/0', ofMachine),
  ...foreseen(':public_key', 'any', 'cacerts_get/0 pem_decode/1 pem_entry_decode/1', ofMachine),
  ...functions(':erlang', 'any', {
    'list_to_binary/1': (context, value) => iodataBytes(context, value) ?? badArgument(1, 'not an iolist term'),
    'iolist_to_binary/1': (context, value) => iodataBytes(context, value) ?? badArgument(1, 'not an iodata term'),
    'list_to_atom/1': (context, value) => atom(erlangText(context, outside(context, value))),
  }),
  ...functions('Function', 'function', {
    'capture/3': (_, name, fun, arity) => {
      if (name.kind !== 'atom' || fun.kind !== 'atom' || arity.kind !== 'integer') return noClause('Function.capture/3')
      return {
        kind: 'function',
        arity: Number(arity.value),
        name: `${module(name)}.${fun.name}/${arity.value}`,
        external: true,
        run: (args, context) => context.apply(name.name, fun.name, args),
      }
    },
  }),
  ...functions('Macro', 'binary', {
    'underscore/1': (_, value) =>
      binary(underscore(value.kind === 'atom' ? moduleName(value.name) : textOf(value, 'Macro.underscore/1'))),
    'camelize/1': (_, value) => binary(camelize(textOf(value, 'Macro.camelize/1'))),
  }),
}

const underscore = (text: string): string =>
  text
    .replace(/(?<![A-Z])([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('.', '/')
    .replaceAll('-', '_')
    .toLowerCase()
const camelize = (text: string): string =>
  text
    .split('/')
    .map((part) =>
      part.replace(/(?:^|_+)([a-zA-Z\d]*)/g, (_, word: string) => word.charAt(0).toUpperCase() + word.slice(1)),
    )
    .join('.')
