using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests.Portability.Model;

/// <summary>What happens to a request to take one's data along alone. Who the other controllers are is in a record of its own.</summary>
public abstract record PortabilityFact : CaseFact
{
    private PortabilityFact()
    {
    }

    /// <summary>The person asked to have the package transmitted to another controller (GDPR art. 20(2)).</summary>
    /// <param name="Name">Under which name it is kept to whom.</param>
    /// <param name="On">The local date.</param>
    [FactName("transmission-asked")]
    public sealed record TransmissionAsked(string Name, DateOnly On) : PortabilityFact;

    /// <summary>The person stopped it before that controller downloaded the package.</summary>
    /// <param name="Name">Which transmission it was.</param>
    /// <param name="On">The local date.</param>
    [FactName("transmission-stopped")]
    public sealed record TransmissionStopped(string Name, DateOnly On) : PortabilityFact;

    /// <summary>That controller downloaded the package for the first time.</summary>
    /// <param name="Name">Which transmission it was.</param>
    /// <param name="On">The local date.</param>
    /// <param name="Sha256">Of the package, in hexadecimal.</param>
    [FactName("transmission-handed-over")]
    public sealed record TransmissionHandedOver(string Name, DateOnly On, string Sha256) : PortabilityFact;
}
