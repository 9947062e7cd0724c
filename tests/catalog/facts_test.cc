#include "catalog/facts/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strata::catalog::facts {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(Facts, FindsTypesByNumberAndName) {
  ASSERT_NE(TypeOf(23), nullptr);
  EXPECT_EQ(TypeOf(23)->name, "int4");
  EXPECT_EQ(TypeOf(23)->array, 1007u);
  EXPECT_TRUE(TypeOf(1007)->is_array);
  EXPECT_EQ(TypeNamed(kPgCatalog, "text")->oid, 25u);
  EXPECT_TRUE(TypeNamed(kPgCatalog, "text")->preferred);
  EXPECT_EQ(TypeNamed(kPgCatalog, "string"), nullptr);
  EXPECT_EQ(TypeNamed(InformationSchema(), "sql_identifier")->kind, TypeKind::kDomain);
  EXPECT_EQ(TypeOf(kFirstUserOid), nullptr);
  EXPECT_EQ(TypeOf(1), nullptr);
}

TEST(Facts, FindsOverloadedFunctions) {
  EXPECT_THAT(FunctionsNamed(kPgCatalog, "length"), SizeIs(8));
  EXPECT_THAT(FunctionsNamed(kPgCatalog, "no_such_function"), SizeIs(0));
  const auto now = FunctionsNamed(kPgCatalog, "now");
  ASSERT_THAT(now, SizeIs(1));
  EXPECT_EQ(now[0]->volatility, 's');
  EXPECT_EQ(now[0]->result.type, 1184u);
  const auto make_interval = FunctionsNamed(kPgCatalog, "make_interval");
  ASSERT_THAT(make_interval, SizeIs(1));
  EXPECT_EQ(make_interval[0]->defaults, 7);
  EXPECT_EQ(make_interval[0]->arguments[6].name, "secs");
}

TEST(Facts, KnowsOrderedSetAggregates) {
  const auto percentile = FunctionsNamed(kPgCatalog, "percentile_cont");
  ASSERT_FALSE(percentile.empty());
  EXPECT_EQ(ShapeOfAggregate(percentile[0]->oid).kind, 'o');
  EXPECT_EQ(ShapeOfAggregate(percentile[0]->oid).direct_arguments, 1);
}

TEST(Facts, FindsOperatorsCastsAndClasses) {
  EXPECT_FALSE(OperatorsNamed("->>").empty());
  ASSERT_NE(CastBetween(23, 20), nullptr);
  EXPECT_EQ(CastBetween(23, 20)->context, 'i');
  EXPECT_EQ(CastBetween(25, 23), nullptr);
  EXPECT_FALSE(OperatorClassesOf("btree").empty());
  EXPECT_NE(OperatorClassOf(1978), nullptr);
}

TEST(Facts, FindsNames) {
  const NamedObject* gin = NamedNamed(ObjectClass::kAccessMethod, "gin");
  ASSERT_NE(gin, nullptr);
  EXPECT_EQ(gin->options.at("type"), "i");
  EXPECT_EQ(NamedNamed(ObjectClass::kAccessMethod, "gim"), nullptr);
  EXPECT_EQ(NamedNamed(ObjectClass::kTextSearchConfig, "english")->schema, kPgCatalog);
  EXPECT_TRUE(IsSetting("lock_timeout"));
  EXPECT_FALSE(IsSetting("lock_timeuot"));
  EXPECT_TRUE(IsRole("pg_read_all_data"));
  EXPECT_THAT(NamesOf(ObjectClass::kLanguage), ElementsAre("c", "internal", "plpgsql", "sql"));
  EXPECT_EQ(SchemaNamed("pg_catalog")->oid, kPgCatalog);
  EXPECT_EQ(RelationNamed("pg_catalog", "pg_class")->columns[1].name, "relname");
}

TEST(Facts, KnowsTheExtensionsOfTheDistribution) {
  const ExtensionContents* trgm = ExtensionNamed("pg_trgm");
  ASSERT_NE(trgm, nullptr);
  EXPECT_FALSE(trgm->functions.empty());
  EXPECT_FALSE(trgm->operator_classes.empty());
  const ExtensionContents* distance = ExtensionNamed("earthdistance");
  ASSERT_NE(distance, nullptr);
  EXPECT_THAT(distance->requires_, ElementsAre("cube"));
  EXPECT_EQ(ExtensionNamed("postgis"), nullptr);
  EXPECT_EQ(ExtensionNamed("uuid-oss"), nullptr);
  EXPECT_THAT(ExtensionNames(), Contains("uuid-ossp"));
}

}  // namespace
}  // namespace strata::catalog::facts
