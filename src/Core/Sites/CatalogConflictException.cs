namespace Footfall.Core.Sites;

/// <summary>A change that the catalog's rules refuse; the message is one sentence for the person who asked.</summary>
public sealed class CatalogConflictException(string message) : Exception(message);
