namespace Footfall.Server.Cli.Wire;

/// <summary>A stretch that fails its checks, and which hits it hurts.</summary>
public sealed record DamageAnswer(
    long Start, long End, string What, bool HurtsHits, long? Hits, DateTimeOffset? From, DateTimeOffset? Until, IReadOnlyDictionary<string, long>? Sites);
