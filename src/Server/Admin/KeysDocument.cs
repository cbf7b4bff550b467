namespace Footfall.Server.Admin;

/// <summary>The keys of an account, the oldest first.</summary>
sealed record KeysDocument(IReadOnlyList<KeyEntry> Keys);
