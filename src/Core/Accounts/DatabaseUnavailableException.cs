namespace Footfall.Core.Accounts;

/// <summary>
/// The database that the nodes of an installation share cannot be reached, or cannot say that a change will outlive a machine; the message is one
/// sentence for an operator. A change that was asked for may have been made all the same. It can be tried again.
/// </summary>
public sealed class DatabaseUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
