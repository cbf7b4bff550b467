using DuckDB.NET.Data;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>Makes an in-memory DuckDB that has every table of Schema.sql, empty.</summary>
static class ParquetDatabase
{
    public static DuckDBConnection Open(ParquetOptions options)
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        try
        {
            connection.Open();
            connection.Run("SET memory_limit = $limit", ("limit", $"{options.MemoryMiB}MiB"));
            connection.Run("SET temp_directory = $folder", ("folder", Path.Combine(options.Scratch, Guid.NewGuid().ToString("N"))));
            // Never reaches out for an extension. Files never change under their names, so what is known of them holds.
            connection.Run("SET autoinstall_known_extensions = false");
            connection.Run("SET parquet_metadata_cache = true");
            connection.RunScript("Schema.sql");
            connection.RunScript("MergedParts.sql");
            connection.RunScript("Amended.sql");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
