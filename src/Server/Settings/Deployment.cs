namespace Footfall.Server.Settings;

/// <summary>Whether settings make sense together. What one process keeps to itself, no other can read.</summary>
static class Deployment
{
    /// <exception cref="UserErrorException">They do not; the message says what is missing.</exception>
    public static void Check(FootfallSettings settings)
    {
        var shares = settings.Queue.Count > 0 && settings.Roles.Count > 0;
        if (shares && settings.Database is null)
            throw Missing("database", "sites, keys and leases");
        if (shares && settings.WarehouseFolder is null)
            throw Missing("warehouse_folder", "the warehouse");
        if (shares && settings.ArchiveFolder is null)
            throw Missing("archive_folder", "the raw hits");
        if (settings.SearchLogstash.Count > 0 && settings.SearchNodes.Count == 0)
            throw new UserErrorException("With 'search_logstash' the setting 'search_nodes' must be set, too: Elasticsearch remembers how far hits were delivered, and is searched.");
        if (settings.Spark is not null && (settings.WarehouseFolder is null || settings.Database is null))
            throw new UserErrorException("With 'spark' the settings 'warehouse_folder' and 'database' must be set, too: Spark reads the files of the one, and what it finds is kept in the other.");
        if (settings.SparkReportsFromDays > 0 && settings.Spark is null)
            throw new UserErrorException("With 'spark_reports_from_days' the setting 'spark' must be set, too: it says where Spark answers.");
        if (settings.Roles is ["scheduler"] && settings.Queue.Count == 0)
            throw new UserErrorException("The role scheduler has nothing to do in a server of its own without a queue; leave out --role, or set queue.");
    }

    static UserErrorException Missing(string setting, string what) => new(
        $"With a queue and roles of its own a process shares {what} with others, so the setting '{setting}' must be set; or leave out --role to run everything in this process.");
}
