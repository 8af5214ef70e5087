using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Use.Model;

namespace PrivacyFunctions.Requests.Use;

/// <summary>Registers objections to uses that rest on our legitimate interests (R-OBJECT).</summary>
internal static class UseKind
{
    private static readonly RequestKind Kind = new(CaseKind.Use)
    {
        State = typeof(UseRequest),
        Facts = typeof(UseFact),
        New = UseRequest.New,
        Orchestrator = nameof(RunUseObjection),
        Text = new TextLimits(10, 4000),
    };

    /// <summary>Registers the kind.</summary>
    public static IServiceCollection AddUseObjections(this IServiceCollection services) => services.AddKind(Kind)
        .AddSingleton<IRestrictingRight, UseEnd>();
}
