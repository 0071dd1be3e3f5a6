import { BadOptions } from './environment.ts';
import { readOptions, type Command } from './options.ts';

function commandOf(args: readonly string[]): Command {
  try {
    return readOptions(args, process.env);
  } catch (error) {
    if (!(error instanceof BadOptions)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

const command = commandOf(process.argv.slice(2));
if (command.run === 'help') console.log(command.text);
else {
  // Only now: what is asked wrongly, or asks for help, does not wait for the whole service to be loaded.
  const { runCommand } = await import('./run-command.ts');
  await runCommand(command);
}
