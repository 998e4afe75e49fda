enum SkeletonX {}
