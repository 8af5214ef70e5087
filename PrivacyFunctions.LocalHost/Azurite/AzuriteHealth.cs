namespace PrivacyFunctions.LocalHost.Azurite;

/// <summary>Whether an Azurite answers on its ports.</summary>
internal static class AzuriteHealth
{
    private const int Tries = 1200;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Looks until blob, queue and table service have all answered as Azurite (its Server header: another program on the port
    /// does not count); false as soon as the process is gone, or after about a minute of trying.
    /// </summary>
    public static async Task<bool> BecomesReadyAsync(
        AzuritePorts ports, Func<CancellationToken, Task<bool>> isAlive, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var tick = new PeriodicTimer(BetweenTries);
        for (var tries = Tries; tries > 0 && await isAlive(cancellation); tries--)
        {
            if (await AnswersAsync(http, "Azurite-Blob", ports.BlobPort, cancellation)
                && await AnswersAsync(http, "Azurite-Queue", ports.QueuePort, cancellation)
                && await AnswersAsync(http, "Azurite-Table", ports.TablePort, cancellation))
                return true;
            await tick.WaitForNextTickAsync(cancellation);
        }

        return false;
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string service, int port, CancellationToken cancellation)
    {
        try
        {
            // Without a signature the answer is a refusal, and that is answer enough.
            using var response = await http.GetAsync(
                new Uri($"http://127.0.0.1:{port}/devstoreaccount1?comp=list"), cancellation);
            return response.Headers.Server.Any(server => server.Product?.Name == service);
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false; // it accepted but did not answer within five seconds: try again
        }
    }
}
