namespace Footfall.Server.Erasure;

/// <summary>How far an erasure is.</summary>
/// <param name="State">waiting, or done.</param>
/// <param name="Problem">Why it does not get on, or null; it is tried again.</param>
/// <param name="Receipt">Once it is done.</param>
/// <param name="Signature">ECDSA with SHA-256 over the receipt's file, DER in base 64.</param>
/// <param name="IsGenuine">Whether the signature fits the receipt; null until there is one.</param>
sealed record ErasureDocument(
    string Id, string State, DateTimeOffset RequestedAt, int Site, string SiteName, string? Visitor, string? Problem,
    ErasureReceipt? Receipt, string? Signature, bool? IsGenuine);
