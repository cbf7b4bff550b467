namespace Footfall.Server.Cli;

/// <summary>Nobody answers at the server's address; the message is one sentence for the person who ran the command.</summary>
public sealed class ServerUnreachableException(string message, Exception inner) : Exception(message, inner);
