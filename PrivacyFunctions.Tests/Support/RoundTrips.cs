using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Tests.Support;

/// <summary>
/// Counts what is asked of the tables, and how often somebody waits for them: what is asked while nothing has been answered since is
/// one round trip, however many requests it is.
/// </summary>
internal sealed class RoundTrips : HttpPipelinePolicy
{
    private readonly Lock _lock = new();
    private Cost _cost = new(0, 0);
    private int _answered;

    /// <summary>What it came to so far.</summary>
    public Cost Cost
    {
        get
        {
            lock (_lock) return _cost;
        }
    }

    /// <summary>Records on the emulator that the tests share, whose requests are counted here.</summary>
    public async Task<RecordStorage> OpenAsync()
    {
        var connection = await SharedAzurite.ConnectionStringAsync();
        var options = new TableClientOptions();
        options.AddPolicy(this, HttpPipelinePosition.PerCall);
        return new(new TableServiceClient(connection, options), new BlobServiceClient(connection));
    }

    /// <summary>Begins to count anew; nothing is under way.</summary>
    public void Reset()
    {
        lock (_lock) (_cost, _answered) = (new(0, 0), 0);
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        // It waits for the longest chain of requests that are answered by now.
        int chain;
        lock (_lock)
        {
            chain = _answered + 1;
            _cost = new(Math.Max(_cost.Trips, chain), _cost.Requests + 1);
        }

        await ProcessNextAsync(message, pipeline);
        lock (_lock) _answered = Math.Max(_answered, chain);
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Nobody blocks a thread while the tables answer.");
}

/// <summary>What something costs.</summary>
/// <param name="Trips">How often it waits for the storage.</param>
/// <param name="Requests">How many requests it makes.</param>
internal sealed record Cost(int Trips, int Requests)
{
    public static Cost operator +(Cost one, Cost next) => new(one.Trips + next.Trips, one.Requests + next.Requests);
}
