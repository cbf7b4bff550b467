namespace Footfall.Server.Settings;

/// <summary>Something the person at the keyboard can mend. The message is one clear sentence; the process ends with code 2 and no stack trace.</summary>
public sealed class UserErrorException(string message, Exception? inner = null) : Exception(message, inner);
