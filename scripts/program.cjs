// What is built into one script: the command line and the library, each run where it is asked for.
exports.start = () => {
  require('../src/cli/main.ts')
}
exports.library = () => require('../src/index.ts')
