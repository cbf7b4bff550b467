namespace Footfall.Core.Accounts;

/// <summary>
/// The catalog cannot be reached, or cannot say that a change will outlive a machine; the message is one sentence for an operator. A change that was
/// asked for may have been made all the same. It can be tried again.
/// </summary>
public sealed class CatalogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
