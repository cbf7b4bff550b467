namespace Footfall.Server.Erasure;

/// <summary>Every erasure there was, newest first.</summary>
/// <param name="PublicKey">What the signatures are checked with, PEM.</param>
sealed record ErasureList(IReadOnlyList<ErasureDocument> Erasures, string PublicKey);
