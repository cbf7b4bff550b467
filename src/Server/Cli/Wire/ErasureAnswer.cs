namespace Footfall.Server.Cli.Wire;

/// <summary>How far an erasure is.</summary>
public sealed record ErasureAnswer(
    string Id, string State, DateTimeOffset RequestedAt, string SiteName, string? Visitor, string? Problem, ReceiptAnswer? Receipt, string? Signature, bool? IsGenuine);
