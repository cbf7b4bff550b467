using Footfall.Adapters.Spark.Protocol;
using Footfall.Adapters.Tls;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace Footfall.Adapters.Spark;

/// <summary>A connection to Spark Connect, shared by sessions. Thread-safe.</summary>
public sealed class SparkClient : IDisposable
{
    const int MessageBytesMax = 256 << 20;

    readonly GrpcChannel _channel;

    public SparkClient(SparkOptions options)
    {
        Options = options;
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
        };
        if (options.AuthorityFile is { } file)
            handler.SslOptions.CertificateChainPolicy = PrivateAuthority.Trust(file);
        _channel = GrpcChannel.ForAddress(options.Address, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MessageBytesMax,
            MaxSendMessageSize = MessageBytesMax,
            Credentials = Credentials(options),
            UnsafeUseInsecureChannelCallCredentials = true,
            ServiceConfig = new ServiceConfig { MethodConfigs = { Again } },
        });
        Service = new SparkConnectService.SparkConnectServiceClient(_channel);
    }

    public SparkOptions Options { get; }

    internal SparkConnectService.SparkConnectServiceClient Service { get; }

    /// <summary>Short calls that say the same again when they are repeated; statements are taken up again by <see cref="SparkStatement"/>.</summary>
    static MethodConfig Again => new()
    {
        Names =
        {
            new MethodName { Service = "spark.connect.SparkConnectService", Method = "Config" },
            new MethodName { Service = "spark.connect.SparkConnectService", Method = "AnalyzePlan" },
            new MethodName { Service = "spark.connect.SparkConnectService", Method = "Interrupt" },
            new MethodName { Service = "spark.connect.SparkConnectService", Method = "ReleaseExecute" },
        },
        RetryPolicy = new RetryPolicy
        {
            MaxAttempts = 4,
            InitialBackoff = TimeSpan.FromMilliseconds(100),
            MaxBackoff = TimeSpan.FromSeconds(2),
            BackoffMultiplier = 3,
            RetryableStatusCodes = { StatusCode.Unavailable },
        },
    };

    /// <exception cref="SparkException">It could not be opened.</exception>
    public async Task<SparkSession> OpenAsync(CancellationToken cancellation)
    {
        var session = new SparkSession(this);
        await session.ConfigureAsync(cancellation);
        return session;
    }

    public void Dispose() => _channel.Dispose();

    static ChannelCredentials Credentials(SparkOptions options)
    {
        var channel = options.Address.Scheme == Uri.UriSchemeHttps ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure;
        return options.Token is not { } token ? channel : ChannelCredentials.Create(channel, CallCredentials.FromInterceptor((_, headers) =>
        {
            headers.Add("Authorization", "Bearer " + token);
            return Task.CompletedTask;
        }));
    }
}
