using System.Globalization;

namespace Footfall.Servers;

/// <summary>A real Spark on free ports of the loopback: Spark Connect by itself, or before a master and workers of their own.</summary>
public sealed class SparkServer : IAsyncDisposable
{
    static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);

    static readonly string[] Opened =
    [
        "java.base/java.lang", "java.base/java.lang.invoke", "java.base/java.lang.reflect", "java.base/java.io", "java.base/java.net", "java.base/java.nio",
        "java.base/java.util", "java.base/java.util.concurrent", "java.base/java.util.concurrent.atomic", "java.base/jdk.internal.ref", "java.base/sun.nio.ch",
        "java.base/sun.nio.cs", "java.base/sun.security.action", "java.base/sun.util.calendar",
    ];

    readonly string _folder = Directory.CreateTempSubdirectory("footfall-spark").FullName;
    readonly string _engine = Needed.Engine("spark-4.2.0");
    readonly string _java = Needed.Program("java");
    readonly List<ChildProcess> _workers = [];
    readonly int _port = Loopback.FreePort();
    ChildProcess? _master;
    ChildProcess? _connect;
    string _masterAddress = "local[2]";

    SparkServer()
    {
    }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}"));

    /// <summary>The latest lines of Spark Connect, for a test that fails.</summary>
    public string Said => _connect?.Said ?? "";

    /// <param name="workers">Of one core each; 0 has Spark Connect work itself.</param>
    /// <param name="options">Further options of Spark, such as <c>spark.sql.shuffle.partitions=1</c>.</param>
    public static async Task<SparkServer> StartAsync(int workers = 0, params string[] options)
    {
        var server = new SparkServer();
        try
        {
            if (workers > 0)
                await server.StartMasterAsync(workers);
            await server.StartConnectAsync(options);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>With its executors, which would go on without it for a while.</summary>
    public Task KillWorkerAsync(int worker) => _workers[worker].KillAllAsync();

    public async Task KillConnectAsync() => await _connect!.KillAsync();

    public async Task StartConnectAsync(params string[] options)
    {
        _connect = Run("1g", "connect", [.. Connect, .. options], "org.apache.spark.sql.connect.service.SparkConnectServer");
        await Loopback.ListensAsync(_port, StartsWithin);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.KillAllAsync();
        foreach (var process in _workers.Append(_connect).Append(_master).OfType<ChildProcess>())
            await process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    string[] Connect =>
    [
        $"spark.master={_masterAddress}", "spark.app.name=footfall", "spark.ui.enabled=false", "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1",
        "spark.connect.grpc.binding.address=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"spark.connect.grpc.binding.port={_port}"),
        "spark.sql.catalogImplementation=in-memory", $"spark.sql.warehouse.dir={_folder}/warehouse", "spark.executor.cores=1", "spark.executor.memory=512m",
    ];

    async Task StartMasterAsync(int workers)
    {
        var port = Loopback.FreePort();
        _masterAddress = string.Create(CultureInfo.InvariantCulture, $"spark://127.0.0.1:{port}");
        _master = Run("512m", "master", ["spark.master.rest.enabled=false"], "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1",
            "--port", port.ToString(CultureInfo.InvariantCulture), "--webui-port", Loopback.FreePort().ToString(CultureInfo.InvariantCulture));
        await Loopback.ListensAsync(port, StartsWithin);
        for (var worker = 0; worker < workers; worker++)
        {
            _workers.Add(Run("512m", string.Create(CultureInfo.InvariantCulture, $"worker{worker}"), [], "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1",
                "--webui-port", Loopback.FreePort().ToString(CultureInfo.InvariantCulture), "--cores", "1", "--memory", "1g", _masterAddress));
        }
    }

    ChildProcess Run(string heap, string name, IEnumerable<string> options, params string[] program)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        string[] environment = ["SPARK_LOCAL_IP=127.0.0.1", "SPARK_SCALA_VERSION=2.13", $"SPARK_HOME={_engine}", $"SPARK_WORKER_DIR={folder}"];
        return ChildProcess.Start("env", ["-C", folder, .. environment, _java, "-Xmx" + heap, "--add-modules=jdk.incubator.vector",
            .. Opened.Select(opened => $"--add-opens={opened}=ALL-UNNAMED"), "-Djdk.reflect.useDirectMethodHandle=false", "-Dio.netty.tryReflectionSetAccessible=true",
            $"-Djava.io.tmpdir={folder}", .. options.Select(option => "-D" + option), "-cp", Path.Combine(_engine, "jars", "*"), .. program]);
    }
}
