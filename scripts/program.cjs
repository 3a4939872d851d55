// What is built into one script: the command line, a thread of it, and the library, each run where it is asked for.
exports.start = () => {
  // Of its name in `src/cli/many/crew.ts`: who only types it is in no thread.
  if (process.argv[2] === '--of-a-thread' && !require('node:worker_threads').isMainThread)
    require('../src/cli/many/mate.ts').workAsMate()
  else require('../src/cli/main.ts')
}
exports.library = () => require('../src/index.ts')
