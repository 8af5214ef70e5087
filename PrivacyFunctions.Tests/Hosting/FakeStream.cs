using System.Threading.Channels;
using Grpc.Core;
using PrivacyFunctions.LocalHost.Worker.Protocol;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>What the host hears of a worker: what the test sends, and nothing until then.</summary>
internal sealed class FromTheWorker : IAsyncStreamReader<StreamingMessage>
{
    private readonly Channel<StreamingMessage> _messages = Channel.CreateUnbounded<StreamingMessage>();

    public StreamingMessage Current { get; private set; } = new();

    public void Send(StreamingMessage message) => Assert.True(_messages.Writer.TryWrite(message));

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        Current = await _messages.Reader.ReadAsync(cancellationToken);
        return true;
    }
}

/// <summary>What the host sends to a worker.</summary>
internal sealed class ToTheWorker : IServerStreamWriter<StreamingMessage>
{
    private readonly Channel<StreamingMessage> _messages = Channel.CreateUnbounded<StreamingMessage>();

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(StreamingMessage message) => _messages.Writer.WriteAsync(message).AsTask();

    public Task WriteAsync(StreamingMessage message, CancellationToken cancellationToken) => WriteAsync(message);

    public async Task<StreamingMessage> NextAsync() =>
        await _messages.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
}
