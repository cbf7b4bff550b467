namespace Footfall.Adapters.RabbitMq;

/// <summary>Where the brokers are, and how a log of streams is laid out on them.</summary>
public sealed record RabbitMqHitLogOptions
{
    /// <summary>AMQP addresses of the nodes of one cluster, such as <c>amqps://footfall:secret@queue1/analytics</c>: with user, virtual host and TLS.</summary>
    public required IReadOnlyList<Uri> Nodes { get; init; }

    /// <summary>What the names of the streams begin with, so that several installations can share a broker.</summary>
    public string Prefix { get; init; } = "footfall";

    /// <summary>Fixed when the streams are made: visitors would change their partition with it.</summary>
    public int Partitions { get; init; } = 16;

    /// <summary>On how many nodes each stream is kept, when it is made. A majority of them confirms an append.</summary>
    public int Replicas { get; init; } = 3;

    /// <summary>Whole segments are what retention deletes. Bytes.</summary>
    public int SegmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many bytes of records go into one message at most, unless one record alone is longer.</summary>
    public int GroupBytes { get; init; } = 100 * 1024;

    /// <summary>How long a record waits for others at most, while another message is on its way.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How long an append may take before its caller is told that it failed; meanwhile it is tried again as often as there is time.</summary>
    public TimeSpan AppendTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many bytes may wait to be confirmed, a partition; what comes then is refused.</summary>
    public int WaitingBytesMax { get; init; } = 32 * 1024 * 1024;

    /// <summary>How much of the end of a partition is kept for those who read it as it grows, in bytes.</summary>
    public int TailBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The address of the management API, with user and password; null leaves deleting to the operator.</summary>
    public Uri? Management { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string StreamOf(int partition) => FormattableString.Invariant($"{Prefix}.hits.{partition}");

    /// <summary>The stream in which the readers say how far they have released the log.</summary>
    public string ReleasesStream => Prefix + ".released";
}
