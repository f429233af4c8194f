/** Something whoever typed the command can put right; its message is all they need. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
