using System.Net;

namespace Footfall.Server.Settings;

/// <summary>The effective settings of one process: defaults, then the configuration file, then <c>FOOTFALL_…</c>, then flags.</summary>
public sealed record FootfallSettings
{
    /// <summary>Where everything is kept. One process owns it at a time.</summary>
    public string Data { get; init; } = "./data";

    /// <summary>Address and port to listen on; loopback unless told otherwise. Port 0 takes a free one.</summary>
    public string Listen { get; init; } = "127.0.0.1:8080";

    /// <summary>Roles this process runs; empty means all of them.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Proxies whose X-Forwarded-For is believed.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>The administrator's key, for automation; null makes one at first start and prints it once.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How the PostgreSQL servers that hold the catalog are reached, as Npgsql reads it; null keeps it in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary>The memcached nodes that hot answers are kept in, as host:port; none keeps them in the process.</summary>
    public IReadOnlyList<string> Cache { get; init; } = [];

    /// <summary>A geography file (mmdb) to use in place of the bundled one; null uses the bundled one when it is there.</summary>
    public string? GeoFile { get; init; }

    /// <summary>A table of sources of the operator's own, laid over the bundled one; null is the bundled one alone.</summary>
    public string? SourcesFile { get; init; }

    /// <summary>Events per second one client address may send over time; 0 is no limit.</summary>
    public int EventsPerSecondPerAddress { get; init; } = 1000;

    /// <summary>What DuckDB may use, in MiB.</summary>
    public int WarehouseMemoryMiB { get; init; } = 512;

    /// <summary>What reports may keep in memory, rollups and answers, in MiB.</summary>
    public int ReportMemoryMiB { get; init; } = 256;

    /// <summary>How many events a site has before its closed days are rolled up; 0 is never, and every report is answered from events.</summary>
    public int RollupsFromEvents { get; init; }

    /// <summary>For how many sites the scheduler has the dashboard's first answers in the cache before anybody asks; 0 is none.</summary>
    public int AheadSites { get; init; } = 100;

    /// <summary>How long the scheduler makes answers ahead at a time, in seconds.</summary>
    public int AheadPassSeconds { get; init; } = 20;

    /// <summary>A folder that several processes see, for the warehouse as Parquet files; null keeps it in a file of the data folder.</summary>
    public string? WarehouseFolder { get; init; }

    /// <summary>How many seconds of hits are gathered for one commit into <see cref="WarehouseFolder"/>.</summary>
    public int WarehouseCommitSeconds { get; init; } = 5;

    /// <summary>How long a report may run, in seconds.</summary>
    public int ReportTimeoutSeconds { get; init; } = 30;

    /// <summary>How long ids of events are remembered to count a repeat once, in days.</summary>
    public int DedupeDays { get; init; } = 30;

    /// <summary>How long raw hits are kept, in days; 0 is for ever. A warehouse can be made anew only from what is kept.</summary>
    public int ArchiveDays { get; init; }

    /// <summary>Where raw hits are kept; null is in the data folder. A cluster shares it.</summary>
    public string? ArchiveFolder { get; init; }

    /// <summary>The nodes of a RabbitMQ cluster that holds the hit log, as AMQP addresses; empty keeps it in the data folder.</summary>
    public IReadOnlyList<Uri> Queue { get; init; } = [];

    /// <summary>What the names of the queue's streams begin with.</summary>
    public string QueuePrefix { get; init; } = "footfall";

    /// <summary>Into how many partitions hits go by visitor; fixed when the streams are made.</summary>
    public int QueuePartitions { get; init; } = 16;

    /// <summary>On how many nodes each stream is kept, when it is made.</summary>
    public int QueueReplicas { get; init; } = 3;

    /// <summary>How many MiB of hits a collector keeps in its data folder while the queue takes none; 0 refuses them.</summary>
    public int QueueSpillMiB { get; init; }

    /// <summary>The queue's management API, for deleting what everybody has read; null leaves that to the operator.</summary>
    public Uri? QueueManagement { get; init; }

    /// <summary>The nodes of an Elasticsearch cluster that raw hits are searched in; empty searches archive and log.</summary>
    public IReadOnlyList<Uri> SearchNodes { get; init; } = [];

    /// <summary>The API key that Elasticsearch is asked with; null is none.</summary>
    public string? SearchApiKey { get; init; }

    /// <summary>Logstash nodes that raw hits are delivered to; empty delivers them straight to <see cref="SearchNodes"/>.</summary>
    public IReadOnlyList<Uri> SearchLogstash { get; init; } = [];

    /// <summary>A file in PEM with the authority of their certificates; null believes what the system believes.</summary>
    public string? SearchAuthority { get; init; }

    /// <summary>What the names of the indices of raw hits begin with.</summary>
    public string SearchPrefix { get; init; } = "footfall";

    /// <summary>How long raw hits can be searched in Elasticsearch, in days; 0 is for ever.</summary>
    public int SearchDays { get; init; } = 30;

    /// <summary>Copies of each shard of raw hits beside the first.</summary>
    public int SearchReplicas { get; init; } = 1;

    /// <summary>Where Spark Connect answers, for the scheduled analysis; null has DuckDB do it.</summary>
    public Uri? Spark { get; init; }

    /// <summary>What Spark Connect asks for; null where it asks for nothing.</summary>
    public string? SparkToken { get; init; }

    /// <summary>A file in PEM with the authority of Spark's certificate; null believes what the system believes.</summary>
    public string? SparkAuthority { get; init; }

    /// <summary><see cref="WarehouseFolder"/> as Spark's workers know it; null is the same path.</summary>
    public string? SparkWarehouseFolder { get; init; }

    /// <summary>Reports over at least so many days, and of all time, are answered by Spark; 0 is none.</summary>
    public int SparkReportsFromDays { get; init; }

    /// <summary>From the end of a scheduled analysis to the beginning of the next.</summary>
    public int AnalysisMinutes { get; init; } = 10;

    /// <summary>How many seconds a process that is told to stop goes on answering after it has said that it is not ready.</summary>
    public int DrainSeconds { get; init; }

    /// <summary>How many seconds of hits go into one segment of the archive.</summary>
    public int ArchiveSealSeconds { get; init; } = 3600;
}
