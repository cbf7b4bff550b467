using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Footfall.Bench.Processes;

/// <summary>A process to compare with, on a free loopback port; ends with this.</summary>
sealed class Rival : IAsyncDisposable
{
    readonly Process _process;
    readonly DirectoryInfo _folder;

    Rival(string name, IPEndPoint address, Func<DirectoryInfo, ProcessStartInfo> start)
    {
        (Name, Address) = (name, address);
        _folder = Directory.CreateTempSubdirectory("footfall-bench-");
        var how = start(_folder);
        how.RedirectStandardError = true;
        _process = Process.Start(how)!;
        _process.ErrorDataReceived += (_, line) => Trace.WriteLine(line.Data);
        _process.BeginErrorReadLine();
        WaitUntilItAnswers();
    }

    public string Name { get; }

    public IPEndPoint Address { get; }

    public int Pid => _process.Id;

    /// <summary>nginx with one worker that answers 204 to everything, its files in a temporary folder.</summary>
    public static Rival Nginx()
    {
        var address = FreeAddress();
        return new Rival("nginx `return 204`", address, folder =>
        {
            File.WriteAllText(Path.Combine(folder.FullName, "nginx.conf"), NginxConfiguration(address));
            return new ProcessStartInfo(File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx", ["-p", folder.FullName, "-c", "nginx.conf", "-e", "error.log"]);
        });
    }

    /// <summary><see cref="EmptyEndpoint"/> in a process of its own.</summary>
    public static Rival Empty()
    {
        var address = FreeAddress();
        return new Rival("empty Kestrel endpoint", address, _ => new ProcessStartInfo(Environment.ProcessPath!, ["empty-endpoint", $"{address.Port}"])
        {
            // As the server's project sets it.
            Environment = { ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0" },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Signals.TerminateAsync(_process);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    static string NginxConfiguration(IPEndPoint address) =>
        $$"""
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        daemon off;
        worker_processes 1;
        pid nginx.pid;
        events { worker_connections 4096; }
        http {
          access_log off;
          keepalive_requests 1000000000;
          client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
          server { listen {{address}}; location / { return 204; } }
        }
        """;

    static IPEndPoint FreeAddress()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)probe.LocalEndPoint!;
    }

    void WaitUntilItAnswers()
    {
        for (var attempt = 0; ; attempt++)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"{Name} ended with code {_process.ExitCode}.");
            try
            {
                using var probe = new TcpClient();
                probe.Connect(Address);
                return;
            }
            catch (SocketException) when (attempt < 500)
            {
                Thread.Sleep(20);
            }
        }
    }
}
