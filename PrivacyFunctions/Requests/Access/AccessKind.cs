using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.Packages;

namespace PrivacyFunctions.Requests.Access;

/// <summary>Registers requests for a copy of one's data (R-ACCESS).</summary>
internal static class AccessKind
{
    private static readonly RequestKind Kind = new(CaseKind.Access)
    {
        State = typeof(AccessRequest),
        New = AccessRequest.New,
        Orchestrator = nameof(RunAccessRequest),
    };

    /// <summary>Registers the kind and what carries it.</summary>
    public static IServiceCollection AddAccessRequests(this IServiceCollection services) => services.AddKind(Kind)
        .AddSingleton<AnswerPage>().AddSingleton<IPackagedRight, AccessPackage>();
}
