/** Nothing to do; but without a file here Next takes the one of the project around it. */
export function register(): void {}
