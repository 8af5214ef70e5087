using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>What the tests of timer functions share: time that only they move, and a folder that outlives a host.</summary>
public abstract class TimerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>From 10:30 UTC on 1 March 2026 on.</summary>
    protected FakeTimeProvider Time { get; } = new(DateTimeOffset.Parse("2026-03-01T10:30:00Z", null));

    protected string Folder => _folder.Path;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<HostUnderTest> StartAsync<T>(params (string, string)[] settings) =>
        HostUnderTest.StartAsync([typeof(T)], time: Time, folder: Folder, settings: settings);

    private protected Task<HostUnderTest> StartAsync<T1, T2>() =>
        HostUnderTest.StartAsync([typeof(T1), typeof(T2)], time: Time, folder: Folder);

    private protected static async Task<HttpResponseMessage> FireAsync(
        HostUnderTest host, string name, string body, string? key = HostUnderTest.MasterKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/admin/functions/{name}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        return await host.Client.SendAsync(request);
    }
}
