namespace Footfall.Adapters.Spark;

/// <summary>Where Spark Connect answers, and how it is asked.</summary>
public sealed record SparkOptions
{
    /// <summary>Such as <c>http://spark.example:15002</c>; with https the connection is encrypted.</summary>
    public required Uri Address { get; init; }

    /// <summary>What <c>spark.connect.authenticate.token</c> says; null where Spark asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>A file in PEM with the authority that signed Spark's certificate; null trusts those of the machine.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>The folder of the warehouse as this process knows it.</summary>
    public required string Folder { get; init; }

    /// <summary>The same folder as Spark's workers know it, such as <c>file:///mnt/warehouse</c>.</summary>
    public required string FolderForSpark { get; init; }

    /// <summary>So many sessions at once; further questions wait.</summary>
    public int Sessions { get; init; } = 2;

    /// <summary>What a question may take, waiting included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For how long a broken connection is tried anew while a statement runs.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Options of each session, beside those that answers depend on.</summary>
    public IReadOnlyDictionary<string, string> Session { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A file as Spark's workers know it.</summary>
    public string AddressOf(string path) => FolderForSpark.TrimEnd('/') + "/" + Path.GetRelativePath(Folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
