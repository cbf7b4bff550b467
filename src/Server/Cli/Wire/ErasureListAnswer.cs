namespace Footfall.Server.Cli.Wire;

/// <summary>Every erasure there was, newest first.</summary>
public sealed record ErasureListAnswer(IReadOnlyList<ErasureAnswer> Erasures, string PublicKey);
