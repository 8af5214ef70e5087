using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Callers;

/// <summary>
/// Lets a request through to the functions that are not for everybody if its key is one of ours and has a role that the function
/// is for (C-ACCESS): 401 without such a key, 403 without such a role. A key is taken from its header alone; one in an address
/// has been written to logs on the way, so it is refused whatever the header says. The function finds who calls by
/// <see cref="CallerOfRequest.Caller"/>.
/// </summary>
internal sealed class CallerCheck(CallerKeys keys) : IFunctionsWorkerMiddleware
{
    // What Functions hosts take, and what is likely to be tried.
    private static readonly string[] InAddresses = ["code", "key", CallerKey.Header, "x-functions-key"];

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext();
        var refusal = http is null ? null : await RefusalAsync(http, context.FunctionDefinition.EntryPoint);
        await (refusal is null ? next(context) : refusal.ExecuteAsync(http!));
    }

    private async Task<IResult?> RefusalAsync(HttpContext http, string entryPoint)
    {
        var access = RouteAccess.Of(entryPoint);
        if (access.IsForEverybody) return null;
        var request = http.Request;
        if (HasKeyInAddress(request))
            return Unknown(http, "A key in an address ends up in logs: have it replaced, and send the new one in the header.");
        if (CallerKey.Read(request.Headers[CallerKey.Header].ToString()) is not { } key)
            return Unknown(http, $"Send your key in the header {CallerKey.Header}.");
        if (await keys.FindAsync(key, http.RequestAborted) is not { } caller)
            return Unknown(http, "Nobody has this key, or it was revoked.");
        if ((caller.Roles & access.Roles) == CallerRole.None)
            return Replies.Refused(
                request, StatusCodes.Status403Forbidden,
                new("This is not for your role", $"It is for: {access.Roles.Words()}. Your key's: {caller.Roles.Words()}."));
        http.Features.Set(caller);
        http.Features.Set(TakenFields.Of(entryPoint));
        return null;
    }

    /// <summary>Whether a key, or what is likely to be one, stands anywhere in the address.</summary>
    internal static bool HasKeyInAddress(HttpRequest request) =>
        request.Query.Keys.Any(name => InAddresses.Contains(name, StringComparer.OrdinalIgnoreCase))
        || CallerKey.IsIn(Uri.UnescapeDataString($"{request.PathBase}{request.Path}{request.QueryString}"));

    private static IResult Unknown(HttpContext http, string words)
    {
        http.Response.Headers.WWWAuthenticate = "PrivacyKey";
        return Replies.Refused(http.Request, StatusCodes.Status401Unauthorized, new("We do not know who calls", words));
    }
}
