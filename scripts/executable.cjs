// How the executable starts: as the script does.
require('../dist/program.cjs').start()
