namespace Footfall.Server;

/// <summary>
/// Something the person at the keyboard can put right. The message is one sentence that says what and how; the command line prints it alone,
/// without a trace, and ends with exit code 2.
/// </summary>
public sealed class UserErrorException(string message, Exception? inner = null) : Exception(message, inner);
