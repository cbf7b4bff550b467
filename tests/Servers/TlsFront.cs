using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Footfall.Servers;

/// <summary>A real HAProxy before a server, with a certificate of an authority of its own; who does not say what it wants to hear is turned away.</summary>
public sealed class TlsFront : IAsyncDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("footfall-tls-");
    readonly int _port = Loopback.FreePort();
    ChildProcess? _haproxy;

    TlsFront()
    {
    }

    /// <summary>By name, which the certificate is for.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{_port}/"));

    /// <summary>The file with the authority.</summary>
    public string Authority => Path.Combine(_folder.FullName, "authority.pem");

    /// <summary>The file with an authority that has signed nothing here.</summary>
    public string Stranger => Path.Combine(_folder.FullName, "stranger.pem");

    /// <param name="authorization">The header Authorization that is let through.</param>
    /// <param name="isHttp2">Whether the server behind speaks HTTP/2 alone, as gRPC does.</param>
    public static async Task<TlsFront> StartAsync(Uri server, string authorization, bool isHttp2)
    {
        var front = new TlsFront();
        front.Certify();
        var protocol = isHttp2 ? " proto h2" : "";
        var configuration = Path.Combine(front._folder.FullName, "haproxy.cfg");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            global
              ssl-default-bind-options ssl-min-ver TLSv1.2
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 60s
            frontend front
              bind 127.0.0.1:{{front._port}} ssl crt {{front._folder.FullName}}/server.pem alpn h2,http/1.1
              http-request deny deny_status 401 unless { req.hdr(authorization) -m str "{{authorization}}" }
              default_backend back
            backend back
              server one 127.0.0.1:{{server.Port}}{{protocol}}

            """));
        front._haproxy = ChildProcess.Start(Needed.Program("haproxy"), "-db", "-f", configuration);
        await Loopback.ListensAsync(front._port, TimeSpan.FromSeconds(10));
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        if (_haproxy is not null)
            await _haproxy.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    void Certify()
    {
        using var authority = SelfSigned("Footfall test authority");
        using var stranger = SelfSigned("Somebody else");
        File.WriteAllText(Authority, authority.ExportCertificatePem());
        File.WriteAllText(Stranger, stranger.ExportCertificatePem());
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var server = request.Create(authority, now.AddMinutes(-30), now.AddHours(12), [1, 2, 3, 4]);
        File.WriteAllText(Path.Combine(_folder.FullName, "server.pem"), server.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }
}
