using Grpc.Core;
using PrivacyFunctions.LocalHost.Worker.Protocol;

using RpcException = Grpc.Core.RpcException;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>The host's end of the worker protocol: the worker that was started connects here, once, under its id.</summary>
internal sealed class FunctionRpcService(WorkerChannel channel) : FunctionRpc.FunctionRpcBase
{
    /// <inheritdoc/>
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)
            || requestStream.Current.StartStream?.WorkerId is not { } worker
            || worker != channel.WorkerId)
            throw new RpcException(new Status(StatusCode.PermissionDenied, "Only the worker that this host has started may connect."));
        await channel.ServeAsync(requestStream, responseStream, context.CancellationToken);
    }
}
