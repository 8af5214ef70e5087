using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.ByPost.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.ByPost;

/// <summary>
/// Registers requests that are answered by post (R-EVERYONE, L1). It is no <see cref="RequestKind"/>, so that it has no form and no card in the privacy
/// centre: only operators enter one.
/// </summary>
internal static class PostalKind
{
    private static readonly KindOfCase Kind = new(CaseKind.Post, RequestInput.For, Enum.GetNames<CaseStatus>())
    {
        State = typeof(PostalRequest),
        Facts = typeof(PostalFact),
        Orchestrator = nameof(RunPostalRequest),
    };

    /// <summary>Registers the kind.</summary>
    public static IServiceCollection AddPostalRequests(this IServiceCollection services) =>
        services.AddKind(Kind).AddSingleton<TakeInByPost>();
}
