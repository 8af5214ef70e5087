using System.Net;
using Microsoft.AspNetCore.Http;
using PrivacyFunctions.LocalHost.Worker.Protocol;
using Yarp.ReverseProxy.Forwarder;

namespace PrivacyFunctions.LocalHost.Worker;

/// <summary>
/// Hands requests on to the worker: the invocation over the protocol, and the request itself, under the invocation's id, to
/// the worker's own address. The answer streams back. A function that fails without an answer of its own is a 500 without a
/// body.
/// </summary>
internal sealed class HttpForwarding(
    IHttpForwarder forwarder, WorkerChannel channel, Invocations invocations, string workerAddress) : IDisposable
{
    private static readonly ForwarderRequestConfig WithoutTimeout = new() { ActivityTimeout = TimeSpan.FromMinutes(30) };

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = null,
    });

    /// <summary>Answers a request by a function of the worker.</summary>
    public async Task ForwardAsync(WorkerFunction function, HttpContext http)
    {
        var invocation = invocations.Http(function, http.Request);
        var ended = channel.InvokeAsync(function, invocation, http.RequestAborted);
        var error = await forwarder.SendAsync(
            http, workerAddress, _http, WithoutTimeout, new Headers(invocation.InvocationId, ended));
        if (error != ForwarderError.None && !http.RequestAborted.IsCancellationRequested) Fail(http);
        if (await IsFailedAsync(ended) && !http.Response.HasStarted) Fail(http);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task<bool> IsFailedAsync(Task<InvocationResponse> ended)
    {
        try
        {
            return (await ended).Result.Status != StatusResult.Types.Status.Success;
        }
        catch (Exception gone) when (gone is WorkerGoneException or OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>500 and no body; an answer already begun can only be cut off.</summary>
    private static void Fail(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    private sealed class Headers(string invocationId, Task<InvocationResponse> ended) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = null;
            Set("x-ms-invocation-id", invocationId);
            Set("X-Forwarded-Host", httpContext.Request.Host.Value);
            Set("X-Forwarded-Proto", httpContext.Request.Scheme);
            Set("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());

            void Set(string name, string? value)
            {
                proxyRequest.Headers.Remove(name);
                if (!string.IsNullOrEmpty(value)) proxyRequest.Headers.TryAddWithoutValidation(name, value);
            }
        }

        public override async ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            // Nothing was written: the worker ends such an answer with 200 also when the function failed, so what became of the
            // function is waited for. An answer with a body may be as long as it likes, and streams.
            if (proxyResponse is { Content.Headers.ContentLength: 0 } && await IsFailedAsync(ended))
            {
                httpContext.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return false;
            }

            await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
            httpContext.Response.Headers.Remove("Server");
            return true;
        }
    }
}
