using Microsoft.AspNetCore.Http;

namespace PrivacyFunctions.Callers;

/// <summary>Who has a key.</summary>
internal enum CallerKind
{
    /// <summary>A person of the company.</summary>
    Operator,

    /// <summary>One of the company's systems.</summary>
    System,
}

/// <summary>Who calls, as their key says.</summary>
/// <param name="Id">Stands in the audit chain for what they do; names nobody.</param>
/// <param name="Kind">A person or a system.</param>
/// <param name="Roles">What they may do.</param>
internal sealed record Caller(string Id, CallerKind Kind, CallerRole Roles);

/// <summary>The caller of a request.</summary>
internal static class CallerOfRequest
{
    /// <summary>Who calls a function that is not for everybody.</summary>
    /// <exception cref="InvalidOperationException">Nobody was admitted to this function by a key.</exception>
    public static Caller Caller(this HttpRequest request) =>
        request.HttpContext.Features.Get<Caller>() ?? throw new InvalidOperationException("This function is not behind a key.");
}
