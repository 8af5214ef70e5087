using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Packages;
using PrivacyFunctions.Requests.Portability.Model;
using PrivacyFunctions.Requests.Portability.Transmissions;

namespace PrivacyFunctions.Requests.Portability;

/// <summary>Registers requests to take one's data along (R-PORT).</summary>
internal static class PortabilityKind
{
    private static readonly RequestKind Kind = new(CaseKind.Portability)
    {
        State = typeof(PortabilityRequest),
        Facts = typeof(PortabilityFact),
        New = PortabilityRequest.New,
        Orchestrator = nameof(RunPortabilityRequest),
        Package = "portable-data",
    };

    /// <summary>Registers the kind and what carries it.</summary>
    public static IServiceCollection AddPortabilityRequests(this IServiceCollection services) =>
        services.AddKind(Kind).AddSingleton<IPackagedRight, PortablePackage>().AddTransmissions();
}
