namespace PrivacyFunctions.Requests.Model;

/// <summary>A request that people make in their own words, and that an operator who has read all of them decides in words of their own.</summary>
public interface IArguedRequest
{
    /// <summary>How many statements an operator has to read.</summary>
    int Statements { get; }

    /// <summary>What was decided; null before.</summary>
    Enum? Decided { get; }

    /// <summary>The name under which the explanation of the decision is kept; null before.</summary>
    string? Explanation { get; }
}
