using System.Data.Common;
using System.Globalization;
using System.Net;

namespace Footfall.Server.Settings;

/// <summary>Every setting there is, once.</summary>
public static class SettingsTable
{
    const string AuthorityFile = "the path of a file in PEM that is there";

    static readonly string[] RoleNames = [.. Footfall.Server.Roles.All, "all"];

    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        new("data", "--data", "The folder where everything is kept.", "the path of a folder",
            (settings, values) => values[0].Length == 0 ? null : settings with { Data = values[0] },
            settings => settings.Data),
        new("listen", "--listen", "Address and port to listen on.",
            "ADDRESS:PORT such as 127.0.0.1:8080, with a port from 0 to 65535",
            (settings, values) => IsEndpoint(values[0]) ? settings with { Listen = values[0] } : null,
            settings => settings.Listen),
        new("roles", "--role", "A role to run, repeated for more than one; all of them by default.", "one or more of " + string.Join(", ", RoleNames),
            (settings, values) => values.All(RoleNames.Contains) ? settings with { Roles = values.Contains("all") ? [] : [.. values.Distinct()] } : null,
            settings => settings.Roles.Count == 0 ? "all" : string.Join(", ", settings.Roles)) { IsList = true },
        new("trusted_proxies", "--trusted-proxy", "A proxy whose X-Forwarded-For is believed, as an address or a range; repeat for more than one.",
            "IP addresses or ranges such as 10.0.0.0/8",
            (settings, values) => Networks(values) is { } networks ? settings with { TrustedProxies = networks } : null,
            settings => settings.TrustedProxies.Count == 0 ? "none" : string.Join(", ", settings.TrustedProxies)) { IsList = true },
        new("api_key", "--api-key", "The administrator's key, for automation.", "at least 16 characters",
            (settings, values) => values[0].Length >= 16 ? settings with { ApiKey = values[0] } : null,
            settings => settings.ApiKey ?? "none") { IsSecret = true },
        new("database", "--database", "The PostgreSQL servers that hold the catalog, in place of the data folder.",
            "a connection string such as Host=db1,db2;Username=footfall;Password=...;Database=footfall",
            (settings, values) => IsDatabase(values[0]) ? settings with { Database = values[0] } : null,
            settings => settings.Database ?? "none") { IsSecret = true },
        new("cache", "--cache", "A memcached node that keeps hot answers; repeat for more than one, the same on every server.", "HOST:PORT such as cache1:11211",
            (settings, values) => values.Count <= 64 && values.All(IsNode) ? settings with { Cache = [.. values.Distinct()] } : null,
            settings => settings.Cache.Count == 0 ? "none" : string.Join(", ", settings.Cache)) { IsList = true },
        new("geo_file", "--geo-file", "A geography file (mmdb) in place of the bundled one.", "the path of a file",
            (settings, values) => values[0].Length == 0 ? null : settings with { GeoFile = values[0] },
            settings => settings.GeoFile ?? "bundled"),
        new("sources_file", "--sources-file", "A table of sources laid over the bundled one: domain, kind and name, separated by tabs.", "the path of a file",
            (settings, values) => values[0].Length == 0 ? null : settings with { SourcesFile = values[0] },
            settings => settings.SourcesFile ?? "none"),
        Number("events_per_second_per_address", "Events per second that one client address may send; 0 is no limit.", 0, 1_000_000,
            (settings, value) => settings with { EventsPerSecondPerAddress = value }, settings => settings.EventsPerSecondPerAddress),
        Number("warehouse_memory_mib", "What the warehouse may use of the memory, in MiB.", 64, 1_048_576,
            (settings, value) => settings with { WarehouseMemoryMiB = value }, settings => settings.WarehouseMemoryMiB),
        Number("report_memory_mib", "What reports may keep in memory to be quick, in MiB.", 16, 1_048_576,
            (settings, value) => settings with { ReportMemoryMiB = value }, settings => settings.ReportMemoryMiB),
        Number("rollups_from_events", "Sites with at least so many events get rollups of their closed days; 0 is none.", 0, 1_000_000_000,
            (settings, value) => settings with { RollupsFromEvents = value }, settings => settings.RollupsFromEvents),
        Number("ahead_sites", "For how many sites, those with most visitors, the role scheduler keeps the dashboard's first answers in the shared cache; 0 is none.", 0, 100_000,
            (settings, value) => settings with { AheadSites = value }, settings => settings.AheadSites),
        Number("ahead_pass_seconds", "How many seconds the scheduler makes answers ahead before it lets the other sites wait for its next pass.", 1, 3_600,
            (settings, value) => settings with { AheadPassSeconds = value }, settings => settings.AheadPassSeconds),
        new("warehouse_folder", "--warehouse-folder", "A folder that several servers share, for the warehouse as Parquet files; a file of the data folder by default.",
            "the path of a folder that exists",
            (settings, values) => values[0].Length == 0 ? null : settings with { WarehouseFolder = values[0] },
            settings => settings.WarehouseFolder ?? "none"),
        Number("warehouse_commit_seconds", "How many seconds of hits are gathered for one commit into the warehouse's folder.", 1, 60,
            (settings, value) => settings with { WarehouseCommitSeconds = value }, settings => settings.WarehouseCommitSeconds),
        Number("report_timeout_seconds", "How long a report may run, in seconds.", 1, 3600,
            (settings, value) => settings with { ReportTimeoutSeconds = value }, settings => settings.ReportTimeoutSeconds),
        Number("dedupe_days", "How long ids of events are remembered, in days.", 1, 3650,
            (settings, value) => settings with { DedupeDays = value }, settings => settings.DedupeDays),
        Number("archive_days", "How long raw hits are kept, in days; 0 is for ever.", 0, 36_500,
            (settings, value) => settings with { ArchiveDays = value }, settings => settings.ArchiveDays),
        Number("archive_seal_seconds", "How many seconds of hits go into one segment of the archive.", 1, 86_400,
            (settings, value) => settings with { ArchiveSealSeconds = value }, settings => settings.ArchiveSealSeconds),
        new("archive_folder", "--archive-folder", "The folder of the raw hits, in place of one in the data folder; a cluster shares it.", "the path of a folder",
            (settings, values) => values[0].Length == 0 ? null : settings with { ArchiveFolder = values[0] },
            settings => settings.ArchiveFolder ?? "in the data folder"),
        new("queue", "--queue", "A node of the RabbitMQ cluster that holds the hit log, in place of the data folder; repeat for each node.",
            "addresses such as amqp://user:password@queue1:5672/ or amqps://...",
            (settings, values) => Addresses(values, "amqp", "amqps") is { } nodes ? settings with { Queue = nodes } : null,
            settings => settings.Queue.Count == 0 ? "none" : string.Join(", ", settings.Queue)) { IsList = true, IsSecret = true },
        new("queue_prefix", "--queue-prefix", "What the names of the queue's streams begin with.", "1 to 40 letters, digits, dots or dashes",
            (settings, values) => values[0].Length is > 0 and <= 40 && values[0].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-')
                ? settings with { QueuePrefix = values[0] }
                : null,
            settings => settings.QueuePrefix),
        Number("queue_partitions", "Into how many partitions hits go by visitor; fixed when the streams are made.", 1, 1024,
            (settings, value) => settings with { QueuePartitions = value }, settings => settings.QueuePartitions),
        Number("queue_replicas", "On how many nodes each stream is kept, when it is made.", 1, 9,
            (settings, value) => settings with { QueueReplicas = value }, settings => settings.QueueReplicas),
        Number("queue_spill_mib", "MiB of hits that a collector keeps in its data folder while the queue takes none, and hands on later; 0 answers 503.", 0, 1_000_000,
            (settings, value) => settings with { QueueSpillMiB = value }, settings => settings.QueueSpillMiB),
        new("queue_management", "--queue-management", "The queue's management API, for deleting what everybody has read.",
            "an address such as http://user:password@queue1:15672/",
            (settings, values) => Addresses(values, "http", "https") is [var address] ? settings with { QueueManagement = address } : null,
            settings => settings.QueueManagement?.ToString() ?? "none") { IsSecret = true },
        new("search_nodes", "--search-node", "A node of the Elasticsearch cluster that raw hits are searched in and delivered to; repeat for each node.",
            "addresses such as http://search1:9200/ or https://user:password@search1:9200/",
            (settings, values) => Addresses(values, "http", "https") is { } nodes ? settings with { SearchNodes = nodes } : null,
            settings => settings.SearchNodes.Count == 0 ? "none" : string.Join(", ", settings.SearchNodes)) { IsList = true, IsSecret = true },
        new("search_api_key", "--search-api-key", "The API key that Elasticsearch is asked with, in place of a user and a password.", "the key as Elasticsearch encodes it",
            (settings, values) => values[0].Length > 0 && values[0].All(letter => letter is > ' ' and <= '~') ? settings with { SearchApiKey = values[0] } : null,
            settings => settings.SearchApiKey ?? "none") { IsSecret = true },
        new("search_logstash", "--search-logstash", "A Logstash node that raw hits are delivered to in place of Elasticsearch; repeat for each node.",
            "addresses of HTTP inputs such as http://logstash1:8080/",
            (settings, values) => Addresses(values, "http", "https") is { } nodes ? settings with { SearchLogstash = nodes } : null,
            settings => settings.SearchLogstash.Count == 0 ? "none" : string.Join(", ", settings.SearchLogstash)) { IsList = true, IsSecret = true },
        new("search_authority", "--search-authority", "A file with the authority that signed the certificates of Elasticsearch and Logstash.", AuthorityFile,
            (settings, values) => File.Exists(values[0]) ? settings with { SearchAuthority = values[0] } : null, settings => settings.SearchAuthority ?? "the system's"),
        new("search_prefix", "--search-prefix", "What the names of the indices of raw hits begin with.", "1 to 40 small letters, digits or dashes, the first a letter",
            (settings, values) => values[0].Length is > 0 and <= 40 && char.IsAsciiLetterLower(values[0][0])
                && values[0].All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-')
                ? settings with { SearchPrefix = values[0] }
                : null,
            settings => settings.SearchPrefix),
        Number("search_days", "How long raw hits can be searched in Elasticsearch, in days; 0 is for ever.", 0, 36_500,
            (settings, value) => settings with { SearchDays = value }, settings => settings.SearchDays),
        Number("search_replicas", "Copies of each shard of raw hits beside the first, for new indices.", 0, 5,
            (settings, value) => settings with { SearchReplicas = value }, settings => settings.SearchReplicas),
        new("spark", "--spark", "Where Spark Connect answers, for the scheduled analysis of a warehouse folder; DuckDB does it by default.", "an address such as http://spark:15002 or https://spark:15002",
            (settings, values) => Addresses(values, "http", "https") is [var address] ? settings with { Spark = address } : null, settings => settings.Spark?.ToString() ?? "none"),
        new("spark_token", "--spark-token", "What Spark Connect is told, where it asks for a token.", "the token, without blanks",
            (settings, values) => values[0].Length > 0 && values[0].All(letter => letter is > ' ' and <= '~') ? settings with { SparkToken = values[0] } : null,
            settings => settings.SparkToken ?? "none") { IsSecret = true },
        new("spark_authority", "--spark-authority", "A file with the authority that signed the certificate of Spark Connect.", AuthorityFile,
            (settings, values) => File.Exists(values[0]) ? settings with { SparkAuthority = values[0] } : null, settings => settings.SparkAuthority ?? "the system's"),
        new("spark_warehouse_folder", "--spark-warehouse-folder", "The warehouse folder as Spark's workers know it.", "an address such as file:///mnt/warehouse or s3a://bucket/warehouse",
            (settings, values) => Uri.TryCreate(values[0], UriKind.Absolute, out _) ? settings with { SparkWarehouseFolder = values[0] } : null,
            settings => settings.SparkWarehouseFolder ?? "the warehouse folder"),
        Number("spark_reports_from_days", "Reports over at least so many days, and of all time, are answered by Spark; 0 is none.", 0, 100_000,
            (settings, value) => settings with { SparkReportsFromDays = value }, settings => settings.SparkReportsFromDays),
        Number("analysis_minutes", "Minutes from the end of a scheduled analysis to the next.", 1, 1440,
            (settings, value) => settings with { AnalysisMinutes = value }, settings => settings.AnalysisMinutes),
        Number("drain_seconds", "How many seconds a process that is told to stop goes on answering after it has said that it is not ready.", 0, 300,
            (settings, value) => settings with { DrainSeconds = value }, settings => settings.DrainSeconds),
    ];

    public static SettingDefinition? Find(string name) => All.FirstOrDefault(definition => definition.Name == name);

    static SettingDefinition Number(
        string name, string help, int least, int most, Func<FootfallSettings, int, FootfallSettings> set, Func<FootfallSettings, int> get) =>
        new(name, "--" + name.Replace('_', '-'), help,
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
            (settings, values) => int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                ? set(settings, value)
                : null,
            settings => get(settings).ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether a connection string can be read and names a host; whether that answers is seen at start.</summary>
    static bool IsDatabase(string text)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            return parts.TryGetValue("Host", out var host) && host is string { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    static bool IsNode(string text) =>
        text.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
        && text.All(letter => letter is > ' ' and <= '~');

    static bool IsEndpoint(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return false;
        var host = text[..colon];
        return host == "localhost" || (IPAddress.TryParse(host, out _) && (!host.Contains(':') || host[0] == '['));
    }

    static List<Uri>? Addresses(IReadOnlyList<string> values, params string[] schemes)
    {
        var addresses = new List<Uri>();
        foreach (var value in values)
        {
            if (!Uri.TryCreate(value, UriKind.Absolute, out var address) || !schemes.Contains(address.Scheme))
                return null;
            addresses.Add(address);
        }
        return addresses;
    }

    static List<IPNetwork>? Networks(IReadOnlyList<string> values)
    {
        var networks = new List<IPNetwork>();
        foreach (var value in values)
        {
            if (IPNetwork.TryParse(value, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(value, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                return null;
        }
        return networks;
    }
}
