namespace Footfall.Core.Search;

/// <summary>Where hits are handed over on their way into an index: the index itself, or somebody who passes them on. Thread-safe.</summary>
public interface IHitSink
{
    /// <summary>Hands over hits. What was taken is durable with whoever took it. A hit that is handed over again is there once all the same.</summary>
    /// <exception cref="HitSearchUnavailableException">Nobody took any, or nobody knows what was taken: all of them are to be handed over again.</exception>
    ValueTask<DeliveryAnswer> DeliverAsync(IReadOnlyList<FoundHit> hits, CancellationToken cancellation);
}
