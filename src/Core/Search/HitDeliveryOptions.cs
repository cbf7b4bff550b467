namespace Footfall.Core.Search;

/// <summary>How hits are delivered.</summary>
public sealed record HitDeliveryOptions
{
    /// <summary>Once so many hits are read, they are delivered; a record more may be in it.</summary>
    public int HitsMost { get; init; } = 2000;

    /// <summary>As many bytes of records, likewise.</summary>
    public int BytesMost { get; init; } = 1 << 20;

    /// <summary>How long hits are gathered after a delivery that was not full.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The wait after a failure, or when the index has too much to do: doubled each time in a row, up to <see cref="PauseMost"/>.</summary>
    public TimeSpan PauseLeast { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan PauseMost { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Hits that were received longer ago are not delivered; null is all.</summary>
    public TimeSpan? Age { get; init; }
}
