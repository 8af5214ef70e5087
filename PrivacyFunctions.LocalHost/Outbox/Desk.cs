using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.Outbox;

/// <summary>
/// The local host's second port: the outbox and whatever else belongs to this machine alone. Apart from the app's port, so that
/// the app's own routes are exactly those of the real host.
/// </summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly WebApplication _web;

    private Desk(WebApplication web, string address) => (_web, Address) = (web, address);

    /// <summary>Such as <c>http://127.0.0.1:7072</c>, without a trailing slash;
    /// what <c>Mail:SendGrid:Host</c> is set to.</summary>
    public string Address { get; }

    /// <summary>The mails that it keeps.</summary>
    public MailStore Mails => _web.Services.GetRequiredService<MailStore>();

    /// <param name="port">0 takes any free one.</param>
    /// <param name="option">The option that changes the port, for the sentence when it is taken.</param>
    /// <param name="outbox">Where mails are kept and what the first page links to.</param>
    /// <param name="services">What further pages need; a TimeProvider registered here dates the mails.</param>
    /// <param name="endpoints">Further pages.</param>
    /// <exception cref="StartUpProblem">The port cannot be used, or a kept mail cannot be read.</exception>
    public static async Task<Desk> StartAsync(
        int port,
        string option,
        OutboxOptions outbox,
        Action<IServiceCollection>? services = null,
        Action<IEndpointRouteBuilder>? endpoints = null,
        CancellationToken cancellation = default)
    {
        // The empty builder: no setting or environment variable of another program changes what listens here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, StoppedByProgram>();
        services?.Invoke(builder.Services);
        builder.Services.AddOutbox(outbox);

        var web = builder.Build();
        web.Use(OwnPagesOnly.CheckAsync);
        web.UseRouting();
        web.MapOutbox();
        endpoints?.Invoke(web);
        return new Desk(web, await LoopbackServer.StartAsync(web, port, option, cancellation));
    }

    /// <summary>Ends waiting searches and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
    }
}
