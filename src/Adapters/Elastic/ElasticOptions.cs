namespace Footfall.Adapters.Elastic;

/// <summary>What is kept in Elasticsearch.</summary>
public sealed record ElasticOptions
{
    /// <summary>What the names of the indices begin with.</summary>
    public string Prefix { get; init; } = "footfall";

    /// <summary>An index is deleted once all its hits were received so many days ago; 0 is never.</summary>
    public int Days { get; init; }

    /// <summary>Copies of each shard beside the first.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>A new index is begun at one of these.</summary>
    public TimeSpan RolloverAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Of a shard, in gigabytes.</summary>
    public int RolloverGigabytes { get; init; } = 30;

    /// <summary>In the whole index; well below what one shard can hold.</summary>
    public long RolloverHits { get; init; } = 200_000_000;

    public required TimeProvider Time { get; init; }

    /// <summary>The alias that is written to and searched.</summary>
    public string Hits => Prefix + "-hits";

    public string Positions => Prefix + "-positions";

    public string Refused => Prefix + "-refused";
}
